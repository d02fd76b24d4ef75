using System.Text.Json;
using Dapper;
using Splitrail.Contracts;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Registry.ServedDays;

/// <summary>Sums by day and model. Each kept list is counted once: how far counting has come moves in the transaction that adds the sums.</summary>
internal sealed class ModelDayStore(Database database, TimeProvider time)
{
    /// <summary>A row a day and version: small, and a year of them says how models did at the same season.</summary>
    public const int KeptDays = 400;

    /// <summary>Of a transaction. Where more lists are kept than can be counted, those of more than a day ago are left out: they are a sample anyway.</summary>
    private const int PageSize = 4000;
    private const long LongestBehindMs = ModelDay.Milliseconds;

    private const string After = "SELECT arrived_ms AS ArrivedMs, content AS Content FROM served_lists WHERE arrived_ms > @after AND arrived_ms <= @until ORDER BY arrived_ms LIMIT @rows";

    private const string At = "SELECT arrived_ms AS ArrivedMs, content AS Content FROM served_lists WHERE arrived_ms = @at";

    private const string Taken =
        "SELECT request_id AS RequestId, item_id AS ItemId, type AS Type, arrived_ms AS ArrivedMs FROM outcomes WHERE arrived_ms >= @from AND arrived_ms <= @until AND type IN ('click', 'purchase') "
        + "AND request_id IS NOT NULL AND EXISTS (SELECT 1 FROM served_lists s WHERE s.request_id = outcomes.request_id)";

    private const string Kept =
        "SELECT day AS Day, model AS Model, lists AS Lists, clicked_lists AS ClickedLists, items AS Items, clicks AS Clicks, purchases AS Purchases FROM model_days WHERE day >= @from ORDER BY day, model";

    /// <summary>The oldest day first.</summary>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public Task<IReadOnlyList<ModelDay>> ReadAsync(int days, CancellationToken cancellationToken) => database.ReadAsync(async (connection, token) =>
    {
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(Kept, new { from = Today() - days + 1 }, cancellationToken: token));
        return (IReadOnlyList<ModelDay>)[.. rows.Select(static row => new ModelDay(row.Day * ModelDay.Milliseconds, row.Model, row.Lists, row.ClickedLists, row.Items, row.Clicks, row.Purchases))];
    }, cancellationToken);

    /// <summary>Counts some of the lists that are older than a time, the oldest first.</summary>
    /// <returns>False when none is left, or another replica was quicker.</returns>
    /// <exception cref="DatabaseAwayException">The database is away; nothing was counted, or (a lost answer to the commit) all.</exception>
    public async Task<bool> CountAsync(TimeSpan olderThan, CancellationToken cancellationToken)
    {
        var within = (long)olderThan.TotalMilliseconds;
        var after = await MarkAsync(cancellationToken);
        var until = time.GetUtcNow().ToUnixTimeMilliseconds() - within;
        var lists = await ListsAsync(Math.Max(after, until - LongestBehindMs), until, cancellationToken);
        if (lists.Length == 0)
            return false;
        var outcomes = await TakenAsync(lists[0].ArrivedMs - ModelDayTally.EarlyMs, lists[^1].ArrivedMs + within, cancellationToken);
        return await AddAsync(after, lists[^1].ArrivedMs, ModelDayTally.Of(lists.Select(Read).OfType<ArrivedList>(), outcomes, within), cancellationToken);
    }

    private Task<long> MarkAsync(CancellationToken cancellationToken) => database.ReadAsync(static (connection, token) =>
        connection.ExecuteScalarAsync<long>(new CommandDefinition("SELECT COALESCE(MAX(arrived_ms), 0) FROM model_days_counted", cancellationToken: token)), cancellationToken);

    /// <summary>All lists of one moment are counted together: the next page begins after it.</summary>
    private Task<KeptList[]> ListsAsync(long after, long until, CancellationToken cancellationToken) => database.ScanAsync(async (connection, token) =>
    {
        var page = (await connection.QueryAsync<KeptList>(new CommandDefinition(After, new { after, until, rows = PageSize }, cancellationToken: token))).ToArray();
        if (page.Length < PageSize)
            return page;
        var last = page[^1].ArrivedMs;
        return page[0].ArrivedMs < last
            ? [.. page.Where(list => list.ArrivedMs < last)]
            : (await connection.QueryAsync<KeptList>(new CommandDefinition(At, new { at = last }, cancellationToken: token))).ToArray();
    }, cancellationToken);

    private Task<ArrivedOutcome[]> TakenAsync(long from, long until, CancellationToken cancellationToken) => database.ScanAsync(async (connection, token) =>
        (await connection.QueryAsync<TakenItem>(new CommandDefinition(Taken, new { from, until }, cancellationToken: token)))
            .Select(static one => new ArrivedOutcome(one.RequestId, one.ItemId, one.Type, one.ArrivedMs)).ToArray(), cancellationToken);

    private Task<bool> AddAsync(long after, long to, IReadOnlyList<ModelDay> days, CancellationToken cancellationToken) => database.WriteAsync(async (transaction, token) =>
    {
        var connection = transaction.Connection!;
        await connection.ExecuteAsync(new CommandDefinition("INSERT INTO model_days_counted (name, arrived_ms) VALUES ('lists', 0) ON CONFLICT (name) DO NOTHING", null, transaction, cancellationToken: token));
        if (await connection.ExecuteAsync(new CommandDefinition("UPDATE model_days_counted SET arrived_ms = @to WHERE name = 'lists' AND arrived_ms = @after", new { to, after }, transaction, cancellationToken: token)) == 0)
            return false;
        await database.UpsertAsync(
            transaction, ModelDay.Table, days,
            "UPDATE SET lists = model_days.lists + excluded.lists, clicked_lists = model_days.clicked_lists + excluded.clicked_lists, items = model_days.items + excluded.items, "
            + "clicks = model_days.clicks + excluded.clicks, purchases = model_days.purchases + excluded.purchases",
            token);
        await connection.ExecuteAsync(new CommandDefinition("DELETE FROM model_days WHERE day < @before", new { before = Today() - KeptDays }, transaction, cancellationToken: token));
        return true;
    }, cancellationToken);

    private long Today() => time.GetUtcNow().ToUnixTimeMilliseconds() / ModelDay.Milliseconds;

    private static ArrivedList? Read(KeptList kept) => JsonSerializer.Deserialize(kept.Content, ContractsJson.Default.Impression) is { } list ? new ArrivedList(list, kept.ArrivedMs) : null;

    /// <summary>By properties, because SQLite gives an empty answer no types that a constructor could be found by.</summary>
    private sealed record KeptList
    {
        public long ArrivedMs { get; init; }

        public string Content { get; init; } = "";
    }

    private sealed record TakenItem
    {
        public string RequestId { get; init; } = "";

        public string ItemId { get; init; } = "";

        public string Type { get; init; } = "";

        public long ArrivedMs { get; init; }
    }

    private sealed record Row
    {
        public long Day { get; init; }

        public string Model { get; init; } = "";

        public long Lists { get; init; }

        public long ClickedLists { get; init; }

        public long Items { get; init; }

        public long Clicks { get; init; }

        public long Purchases { get; init; }
    }
}
