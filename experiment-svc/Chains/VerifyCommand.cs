using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Chains;

/// <summary>A command that verifies a log: of a database, which it opens read-only, or of an export.</summary>
/// <param name="name">Of the command.</param>
/// <param name="exportPath">Where the API exports the log.</param>
/// <param name="ofDatabase">Verifies the log in a database.</param>
/// <param name="ofExport">Verifies an export.</param>
internal sealed class VerifyCommand(
    string name, string exportPath, Func<DbConnection, CancellationToken, Task<ChainVerdict>> ofDatabase, Func<TextReader, CancellationToken, Task<ChainVerdict>> ofExport)
{
    public string Name => name;

    private string Usage => $"""
        {name} --database FILE            the SQLite file of experiment-svc
        {name} --connection-string TEXT   its PostgreSQL (Host=... or postgres://...)
        {name} --file FILE                an export (GET {exportPath})
        Ends with 0 when the log is intact, 1 when it is not, 2 when it could not be read.
        """;

    public async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        if (args is not [var option, { Length: > 0 } value])
            return await FailAsync(errors, Usage);
        try
        {
            ChainVerdict? verdict = option switch
            {
                "--database" => await OfDatabaseAsync(new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = value, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString)),
                "--connection-string" => await OfDatabaseAsync(new NpgsqlConnection(PostgresAddress.Parse(value).ConnectionString)),
                "--file" => await OfFileAsync(value),
                _ => null,
            };
            return verdict is null ? await FailAsync(errors, Usage) : await TellAsync(verdict, output);
        }
        catch (Exception unreadable) when (unreadable is DbException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return await FailAsync(errors, $"The log cannot be read: {unreadable.Message}");
        }
    }

    private async Task<ChainVerdict> OfDatabaseAsync(DbConnection connection)
    {
        await using (connection)
        {
            await connection.OpenAsync();
            return await ofDatabase(connection, CancellationToken.None);
        }
    }

    private async Task<ChainVerdict> OfFileAsync(string file)
    {
        using var lines = File.OpenText(file);
        return await ofExport(lines, CancellationToken.None);
    }

    private static async Task<int> TellAsync(ChainVerdict verdict, TextWriter output)
    {
        await output.WriteLineAsync(verdict.Intact
            ? $"intact: {verdict.Entries} entries, head {verdict.Head}"
            : $"NOT INTACT: {verdict.Fault} ({verdict.Entries} entries before are good, head {verdict.Head})");
        return verdict.Intact ? 0 : 1;
    }

    private static async Task<int> FailAsync(TextWriter errors, string text)
    {
        await errors.WriteLineAsync(text);
        return 2;
    }
}
