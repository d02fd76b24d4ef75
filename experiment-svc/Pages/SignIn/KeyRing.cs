using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Pages.SignIn;

/// <summary>
/// The keys that sign cookies and forms, in SQL: a visitor's next request may reach another replica, or the same one after a restart. The framework asks synchronously, at the first
/// request and once a day.
/// </summary>
internal sealed class KeyRing(Database database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. ReadAsync().GetAwaiter().GetResult().Select(static text => XElement.Parse(text))];

    public void StoreElement(XElement element, string friendlyName) => WriteAsync(friendlyName, element.ToString(SaveOptions.DisableFormatting)).GetAwaiter().GetResult();

    private Task<string[]> ReadAsync() => Task.Run(() => database.ReadAsync(
        static async (connection, token) => (await connection.QueryAsync<string>(new CommandDefinition("SELECT content FROM console_keys ORDER BY name", cancellationToken: token))).ToArray(),
        CancellationToken.None));

    private Task<int> WriteAsync(string name, string content) => Task.Run(() => database.WriteAsync(
        (transaction, token) => transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "INSERT INTO console_keys (name, content) VALUES (@name, @content) ON CONFLICT (name) DO UPDATE SET content = excluded.content",
            new { name, content }, transaction, cancellationToken: token)),
        CancellationToken.None));
}
