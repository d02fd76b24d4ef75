using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Pages.SignIn;

/// <summary>
/// The keys that sign cookies and forms, in SQL: a visitor's next request may reach another replica, or the same one after a restart. The framework asks synchronously, at the first
/// request and once a day.
/// </summary>
internal sealed partial class KeyRing(Database database, ConsoleOptions options, ILogger<KeyRing> logger) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. ReadAsync().GetAwaiter().GetResult().Select(static text => XElement.Parse(text))];

    public void StoreElement(XElement element, string friendlyName)
    {
        WriteAsync(friendlyName, element.ToString(SaveOptions.DisableFormatting)).GetAwaiter().GetResult();
        if (options.KeyCertificate is not null)
            return;
        // A file of one machine is as safe as its account; a database server has other readers, operators and backups.
        if (database.System == "sqlite")
            PlainInFile(logger);
        else
            PlainOnServer(logger);
    }

    private Task<string[]> ReadAsync() => Task.Run(() => database.ReadAsync(
        static async (connection, token) => (await connection.QueryAsync<string>(new CommandDefinition("SELECT content FROM console_keys ORDER BY name", cancellationToken: token))).ToArray(),
        CancellationToken.None));

    private Task<int> WriteAsync(string name, string content) => Task.Run(() => database.WriteAsync(
        (transaction, token) => transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "INSERT INTO console_keys (name, content) VALUES (@name, @content) ON CONFLICT (name) DO UPDATE SET content = excluded.content",
            new { name, content }, transaction, cancellationToken: token)),
        CancellationToken.None));

    [LoggerMessage(EventId = 394, Level = LogLevel.Information, Message = "A key that signs the console's cookies is in the database file as it is: who can read that file can sign in. ExperimentSvc:Console:KeyCertificate would encrypt it")]
    private static partial void PlainInFile(ILogger logger);

    [LoggerMessage(EventId = 395, Level = LogLevel.Warning, Message = "A key that signs the console's cookies is in the database as it is: who can read the database, or a backup of it, can sign in. Set ExperimentSvc:Console:KeyCertificate and KeyCertificateKey to encrypt keys from now on")]
    private static partial void PlainOnServer(ILogger logger);
}
