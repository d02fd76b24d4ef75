using System.Text.Json;
using Dapper;
using Splitrail.Contracts;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Registry.Calibration;

/// <summary>Joins the lists that were kept for the trainer with the events that name them: the newest ones that people have had the time to answer to.</summary>
internal sealed class ServedCalibrationReader(Database database, ExperimentOptions options, TimeProvider time)
{
    /// <summary>What is compared: about a screen; further down few look, and what nobody saw was not refused.</summary>
    private const int MostPositions = 10;

    /// <summary>Bounds what a look costs: they are 40,000 answers, and where there are so many, of the last minutes or hours.</summary>
    private const int MostLists = 4000;
    private const int PageSize = 200;
    private static readonly TimeSpan s_window = TimeSpan.FromHours(24);

    private const string Lists =
        "SELECT request_id AS RequestId, unit AS Unit, arrived_ms AS ArrivedMs, content AS Content FROM served_lists WHERE arrived_ms >= @from "
        + "AND (arrived_ms < @at OR (arrived_ms = @at AND (request_id < @id OR (request_id = @id AND unit < @unit)))) ORDER BY arrived_ms DESC, request_id DESC, unit DESC LIMIT @rows";

    private const string Taken =
        "SELECT request_id AS RequestId, item_id AS ItemId FROM outcomes WHERE arrived_ms >= @from AND type IN ('click', 'add_to_cart', 'purchase', 'like') AND request_id IS NOT NULL "
        + "AND EXISTS (SELECT 1 FROM served_lists s WHERE s.request_id = outcomes.request_id)";

    /// <summary>By model; those with too few items are left out.</summary>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public async Task<IReadOnlyList<ServedCalibration>> ReadAsync(CancellationToken cancellationToken)
    {
        var until = (time.GetUtcNow() - options.Registry.CalibrationAfter).ToUnixTimeMilliseconds();
        var promises = new List<Promise>();
        var last = new KeptList { ArrivedMs = until + 1 };
        for (var lists = 0; lists < MostLists; lists += PageSize)
        {
            var page = await PageAsync(last, until - (long)s_window.TotalMilliseconds, cancellationToken);
            promises.AddRange(page.SelectMany(PromisesOf));
            if (page.Length > 0)
                last = page[^1];
            if (page.Length < PageSize)
                break;
        }

        if (promises.Count < ServedCalibration.LeastItems)
            return [];
        var taken = await TakenAsync(last.ArrivedMs, cancellationToken);
        return
        [
            .. promises.GroupBy(static one => one.Model).OrderBy(static model => model.Key, StringComparer.Ordinal)
                .Select(model => ServedCalibration.Of(
                    model.Key, [.. model.Select(static one => one.Score)], [.. model.Select(one => taken.Contains((one.RequestId, one.ItemId)) ? 1f : 0f)]))
                .OfType<ServedCalibration>(),
        ];
    }

    private Task<KeptList[]> PageAsync(KeptList after, long from, CancellationToken cancellationToken) => database.ScanAsync(async (connection, token) =>
        (await connection.QueryAsync<KeptList>(new CommandDefinition(
            Lists, new { from, at = after.ArrivedMs, id = after.RequestId, unit = after.Unit, rows = PageSize }, cancellationToken: token))).ToArray(), cancellationToken);

    private Task<HashSet<(string RequestId, string ItemId)>> TakenAsync(long from, CancellationToken cancellationToken) => database.ScanAsync(async (connection, token) =>
        (await connection.QueryAsync<TakenItem>(new CommandDefinition(Taken, new { from }, cancellationToken: token))).Select(static one => (one.RequestId, one.ItemId)).ToHashSet(), cancellationToken);

    private static IEnumerable<Promise> PromisesOf(KeptList kept) =>
        JsonSerializer.Deserialize(kept.Content, ContractsJson.Default.Impression) is { ModelVersion: { } model, FallbackLevel: 0 } list
            ? list.Items.Where(static item => item is { Score: not null, Position: <= MostPositions }).Select(item => new Promise(model, list.RequestId, item.ItemId, (float)item.Score!.Value))
            : [];

    private readonly record struct Promise(string Model, string RequestId, string ItemId, float Score);

    /// <summary>By properties, because SQLite gives an empty answer no types that a constructor could be found by.</summary>
    private sealed record KeptList
    {
        public string RequestId { get; init; } = "";

        public string Unit { get; init; } = "";

        public long ArrivedMs { get; init; }

        public string Content { get; init; } = "";
    }

    private sealed record TakenItem
    {
        public string RequestId { get; init; } = "";

        public string ItemId { get; init; } = "";
    }
}
