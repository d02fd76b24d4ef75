using System.Data.Common;
using Dapper;

namespace Splitrail.ExperimentSvc.Chains;

/// <summary>An append-only log in SQL. Nothing here updates or deletes.</summary>
/// <param name="table">With the columns of <see cref="ChainRow"/>.</param>
internal sealed class ChainedLog(string table)
{
    private const string Columns = "sequence AS Sequence, kind AS Kind, id AS Id, hash AS Hash, entry AS Entry";

    public Task<ChainRow?> LastAsync(DbTransaction transaction, CancellationToken cancellationToken) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<ChainRow>(new CommandDefinition(
            $"SELECT {Columns} FROM {table} ORDER BY sequence DESC LIMIT 1", transaction: transaction, cancellationToken: cancellationToken));

    public Task AppendAsync(DbTransaction transaction, ChainRow row, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            $"INSERT INTO {table} (sequence, kind, id, hash, entry) VALUES (@Sequence, @Kind, @Id, @Hash, @Entry)", row, transaction, cancellationToken: cancellationToken));

    /// <summary>At most <paramref name="limit"/> rows after a sequence number, in order.</summary>
    public async Task<IReadOnlyList<ChainRow>> PageAsync(DbConnection connection, long after, int limit, CancellationToken cancellationToken) =>
    [
        .. await connection.QueryAsync<ChainRow>(new CommandDefinition(
            $"SELECT {Columns} FROM {table} WHERE sequence > @after ORDER BY sequence LIMIT {limit}", new { after }, cancellationToken: cancellationToken)),
    ];

    /// <summary>Everything about one thing, the newest first.</summary>
    public async Task<IReadOnlyList<ChainRow>> OfAsync(DbConnection connection, string kind, string id, CancellationToken cancellationToken) =>
    [
        .. await connection.QueryAsync<ChainRow>(new CommandDefinition(
            $"SELECT {Columns} FROM {table} WHERE kind = @kind AND id = @id ORDER BY sequence DESC", new { kind, id }, cancellationToken: cancellationToken)),
    ];
}
