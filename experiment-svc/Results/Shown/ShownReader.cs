using System.Collections.Concurrent;
using Dapper;
using Splitrail.ExperimentSvc.Catalog;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Results.Shown;

/// <summary>
/// What arms showed of the catalogue. There is a row per arm and item, so it is counted at most once in <see cref="ExperimentOptions.EvaluationInterval"/> and shown with its time: results that decide are not
/// made to wait for it.
/// </summary>
internal sealed class ShownReader(Database database, CatalogWatch catalog, ExperimentOptions options, TimeProvider time)
{
    private static readonly NotYetView s_interleaved = new("interleaved", "Everybody is shown the lists of both arms in one, so no arm has shown anything by itself.");

    private readonly ConcurrentDictionary<string, Held> _held = new(StringComparer.Ordinal);

    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public async Task<ShownView> ReadAsync(ExperimentRecord record, CancellationToken cancellationToken)
    {
        if (record.Definition.Type == ExperimentTypes.Interleaving)
            return new ShownView(time.GetUtcNow(), catalog.Current?.Count, null, [], s_interleaved);
        var (offered, arms) = (catalog.Current, string.Join('|', record.Definition.Arms.Select(static arm => arm.Id)));
        if (_held.TryGetValue(record.Id, out var held) && held.Arms == arms && ReferenceEquals(held.Offered, offered) && time.GetElapsedTime(held.At) < options.EvaluationInterval)
            return held.View;
        var at = time.GetTimestamp();
        var rows = (await RowsAsync(record.Id, cancellationToken)).ToLookup(static row => row.Arm, StringComparer.Ordinal);
        var view = ArmSpread.Of(
            [.. record.Definition.Arms.Select(arm => (arm.Id, (IReadOnlyDictionary<string, long>)rows[arm.Id].ToDictionary(static row => row.Item, static row => row.Shown, StringComparer.Ordinal)))],
            offered, time.GetUtcNow());
        _held[record.Id] = new Held(arms, offered, at, view);
        return view;
    }

    /// <summary>The items themselves.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">The caller's deadline.</param>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public async Task<ShownItemList> ItemsAsync(string experiment, int limit, CancellationToken cancellationToken)
    {
        var items = (await RowsAsync(experiment, cancellationToken)).GroupBy(static row => row.Item, StringComparer.Ordinal).ToArray();
        return new ShownItemList(experiment, items.Length,
        [
            .. items.OrderByDescending(static rows => rows.Sum(static row => row.Shown)).ThenBy(static rows => rows.Key, StringComparer.Ordinal).Take(limit)
                .Select(static rows => new ShownItem(rows.Key, rows.OrderBy(static row => row.Arm, StringComparer.Ordinal).ToDictionary(static row => row.Arm, static row => row.Shown))),
        ]);
    }

    private Task<(string Arm, string Item, long Shown)[]> RowsAsync(string experiment, CancellationToken cancellationToken) => database.ScanAsync(async (connection, token) =>
        (await connection.QueryAsync<(string Arm, string Item, long Shown)>(new CommandDefinition(
            "SELECT arm, item, shown FROM shown_items WHERE experiment = @experiment AND shown > 0", new { experiment }, cancellationToken: token))).ToArray(), cancellationToken);

    private sealed record Held(string Arms, OfferedItems? Offered, long At, ShownView View);
}
