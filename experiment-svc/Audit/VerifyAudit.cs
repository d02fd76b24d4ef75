using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Splitrail.ExperimentSvc.Api;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Audit;

/// <summary>The command that verifies an audit log: of a database, which it opens read-only, or of an export.</summary>
internal static class VerifyAudit
{
    public const string Name = "verify-audit";

    private const string Usage = """
        verify-audit --database FILE            the SQLite file of experiment-svc
        verify-audit --connection-string TEXT   its PostgreSQL (Host=... or postgres://...)
        verify-audit --file FILE                an export (GET /v1/experiments/audit)
        Ends with 0 when the log is intact, 1 when it is not, 2 when it could not be read.
        """;

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        if (args is not [var option, { Length: > 0 } value])
            return await FailAsync(errors, Usage);
        try
        {
            AuditVerdict? verdict = option switch
            {
                "--database" => await OfSqliteAsync(value),
                "--connection-string" => await OfPostgresAsync(value),
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

    private static async Task<AuditVerdict> OfSqliteAsync(string file)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return await AuditCheck.OfDatabaseAsync(connection, CancellationToken.None);
    }

    private static async Task<AuditVerdict> OfPostgresAsync(string address)
    {
        await using var connection = new NpgsqlConnection(PostgresAddress.Parse(address).ConnectionString);
        await connection.OpenAsync();
        return await AuditCheck.OfDatabaseAsync(connection, CancellationToken.None);
    }

    private static async Task<AuditVerdict> OfFileAsync(string file)
    {
        using var lines = File.OpenText(file);
        return await AuditCheck.OfExportAsync(lines, CancellationToken.None);
    }

    private static async Task<int> TellAsync(AuditVerdict verdict, TextWriter output)
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
