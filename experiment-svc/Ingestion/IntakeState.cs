using System.Data.Common;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>When an experiment's first exposure was, and when its sums last changed.</summary>
internal static class IntakeState
{
    private const string Keep =
        "UPDATE SET first_ms = CASE WHEN excluded.first_ms IS NULL THEN experiment_intake.first_ms WHEN experiment_intake.first_ms IS NULL OR excluded.first_ms < experiment_intake.first_ms "
        + "THEN excluded.first_ms ELSE experiment_intake.first_ms END, updated_ms = excluded.updated_ms";

    private static readonly BulkTable<Row> s_table = new("experiment_intake", "experiment",
    [
        new("experiment", static row => row.Experiment),
        new("first_ms", static row => row.FirstMs),
        new("updated_ms", static row => row.UpdatedMs),
    ]);

    public static Task WriteAsync(
        Database database, DbTransaction transaction, IEnumerable<UnitExposure> changed, IEnumerable<string> experiments, long nowMs, CancellationToken cancellationToken)
    {
        var first = changed.GroupBy(static one => one.Experiment, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => group.Min(static one => one.AtMs), StringComparer.Ordinal);
        Row[] rows = [.. experiments.Union(first.Keys, StringComparer.Ordinal).Select(experiment => new Row(experiment, first.TryGetValue(experiment, out var at) ? at : null, nowMs))];
        return database.UpsertAsync(transaction, s_table, rows, Keep, cancellationToken);
    }

    private sealed record Row(string Experiment, long? FirstMs, long UpdatedMs);
}
