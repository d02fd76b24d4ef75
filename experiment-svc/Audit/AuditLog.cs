using System.Data.Common;
using Dapper;

namespace Splitrail.ExperimentSvc.Audit;

/// <summary>The append-only log of changes in SQL. Nothing here updates or deletes.</summary>
internal static class AuditLog
{
    private const string Columns = "sequence AS Sequence, kind AS Kind, id AS Id, hash AS Hash, entry AS Entry";

    public static Task<AuditRow?> LastAsync(DbTransaction transaction, CancellationToken cancellationToken) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<AuditRow>(new CommandDefinition(
            $"SELECT {Columns} FROM audit_log ORDER BY sequence DESC LIMIT 1", transaction: transaction, cancellationToken: cancellationToken));

    public static Task AppendAsync(DbTransaction transaction, AuditRow row, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "INSERT INTO audit_log (sequence, kind, id, hash, entry) VALUES (@Sequence, @Kind, @Id, @Hash, @Entry)", row, transaction, cancellationToken: cancellationToken));

    /// <summary>At most <paramref name="limit"/> rows after a sequence number, in order.</summary>
    public static async Task<IReadOnlyList<AuditRow>> PageAsync(DbConnection connection, long after, int limit, CancellationToken cancellationToken) =>
    [
        .. await connection.QueryAsync<AuditRow>(new CommandDefinition(
            $"SELECT {Columns} FROM audit_log WHERE sequence > @after ORDER BY sequence LIMIT {limit}", new { after }, cancellationToken: cancellationToken)),
    ];

    /// <summary>All changes of one definition, the newest first.</summary>
    public static async Task<IReadOnlyList<AuditRow>> OfAsync(DbConnection connection, string kind, string id, CancellationToken cancellationToken) =>
    [
        .. await connection.QueryAsync<AuditRow>(new CommandDefinition(
            $"SELECT {Columns} FROM audit_log WHERE kind = @kind AND id = @id ORDER BY sequence DESC", new { kind, id }, cancellationToken: cancellationToken)),
    ];
}
