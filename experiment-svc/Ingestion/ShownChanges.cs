using System.Data.Common;
using Dapper;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>
/// What changed contributions change in how often each item was shown. By arm and not by epoch: what is asked of it is a set, which does not add up over epochs, and a bandit has an epoch an hour.
/// </summary>
internal sealed class ShownChanges
{
    private static readonly BulkTable<ShownRow> s_table = new("shown_items", "experiment, arm, item",
    [
        new("experiment", static row => row.Experiment),
        new("arm", static row => row.Arm),
        new("item", static row => row.Item),
        new("shown", static row => row.Shown),
    ]);

    private readonly Dictionary<(string Experiment, string Arm, string Item), long> _changes = [];

    public void Add(Contribution one, int sign)
    {
        foreach (var (item, times) in ShownItems.Read(one.Shown))
        {
            var key = (one.Experiment, one.Arms, item);
            _changes[key] = _changes.GetValueOrDefault(key) + (sign * times);
        }
    }

    /// <summary>Of the same person in the same arm.</summary>
    public void Replace(Contribution held, Contribution next)
    {
        if (held.Shown == next.Shown)
            return;
        Add(held, -1);
        Add(next, 1);
    }

    public async Task WriteAsync(Database database, DbTransaction transaction, CancellationToken cancellationToken)
    {
        ShownRow[] rows =
        [
            .. _changes.Where(static one => one.Value != 0).Select(static one => new ShownRow(one.Key.Experiment, one.Key.Arm, one.Key.Item, one.Value))
                .OrderBy(static row => row.Experiment, StringComparer.Ordinal).ThenBy(static row => row.Arm, StringComparer.Ordinal).ThenBy(static row => row.Item, StringComparer.Ordinal),
        ];
        await database.UpsertAsync(transaction, s_table, rows, "UPDATE SET shown = shown_items.shown + excluded.shown", cancellationToken);
        // An item that nobody was shown after all leaves nothing behind, as if it had never come.
        foreach (var less in rows.Where(static row => row.Shown < 0).GroupBy(static row => (row.Experiment, row.Arm)))
        {
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                $"DELETE FROM shown_items WHERE experiment = @Experiment AND arm = @Arm AND shown = 0 AND {database.AnyOf("item", "items")}",
                new { less.Key.Experiment, less.Key.Arm, items = database.Keys(less.Select(static row => row.Item)) }, transaction, cancellationToken: cancellationToken));
        }
    }

    private sealed record ShownRow(string Experiment, string Arm, string Item, long Shown);
}
