using Dapper;
using Splitrail.ExperimentSvc.Ingestion;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Impressions;

/// <summary>Lists that were served, and the events that name them. Nothing in them is counted: they only wait for the trainer.</summary>
internal sealed class ServedListStore(Database database, DeletedUnits deleted)
{
    /// <summary>Of a statement of retention, which is repeated.</summary>
    public const string DeleteOld = "DELETE FROM served_lists WHERE request_id IN (SELECT request_id FROM served_lists WHERE arrived_ms < @before LIMIT 2000) AND arrived_ms < @before";

    private const int PageSize = 200;

    private const string Lists =
        "SELECT request_id AS Id, unit AS Unit, arrived_ms AS ArrivedMs, content AS Content FROM served_lists "
        + "WHERE arrived_ms > @at OR (arrived_ms = @at AND (request_id > @id OR (request_id = @id AND unit > @unit))) ORDER BY arrived_ms, request_id, unit LIMIT @rows";

    private const string Outcomes =
        "SELECT event_id AS Id, '' AS Unit, arrived_ms AS ArrivedMs, request_id AS RequestId, item_id AS ItemId, type AS Type, at_ms AS AtMs FROM outcomes "
        + "WHERE type <> 'impression' AND request_id IS NOT NULL AND (arrived_ms > @at OR (arrived_ms = @at AND event_id > @id)) "
        + "AND EXISTS (SELECT 1 FROM served_lists s WHERE s.request_id = outcomes.request_id) ORDER BY arrived_ms, event_id LIMIT @rows";

    /// <summary>A request that comes again is kept as it was first.</summary>
    /// <exception cref="DatabaseAwayException">Nothing was stored, or (a lost answer to the commit) all.</exception>
    public async Task WriteAsync(IReadOnlyList<ServedList> lists, CancellationToken cancellationToken)
    {
        if (lists.Count == 0)
            return;
        await database.WriteAsync(async (transaction, token) =>
        {
            var until = await deleted.UntilAsync(transaction, lists.Select(static one => one.Unit), token);
            ServedList[] kept = [.. lists.Where(one => !(until.TryGetValue(one.Unit, out var at) && one.AtMs <= at))];
            return await database.UpsertAsync(transaction, ServedList.Table, kept, "NOTHING", token);
        }, cancellationToken);
    }

    /// <summary>Some lists after a place in the export, in the order of their arrival; none when there are no more.</summary>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public Task<ServedRow[]> ListsAsync(ExportPlace after, CancellationToken cancellationToken) => PageAsync(Lists, after, cancellationToken);

    /// <summary>The same of events that name a list that is kept, without impressions.</summary>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public Task<ServedRow[]> OutcomesAsync(ExportPlace after, CancellationToken cancellationToken) => PageAsync(Outcomes, after, cancellationToken);

    private Task<ServedRow[]> PageAsync(string query, ExportPlace after, CancellationToken cancellationToken) => database.ScanAsync(async (connection, token) =>
        (await connection.QueryAsync<ServedRow>(new CommandDefinition(
            query, new { at = after.ArrivedMs, id = after.Id, unit = after.Unit, rows = PageSize }, cancellationToken: token))).ToArray(), cancellationToken);
}

/// <summary>A row of either kind; by properties, because SQLite gives an empty answer no types that a constructor could be found by.</summary>
internal sealed record ServedRow
{
    public string Id { get; init; } = "";

    public string Unit { get; init; } = "";

    public long ArrivedMs { get; init; }

    public string Content { get; init; } = "";

    public string RequestId { get; init; } = "";

    public string ItemId { get; init; } = "";

    public string Type { get; init; } = "";

    public long AtMs { get; init; }
}
