using System.Data.Common;
using Dapper;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Metrics;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>What counts of each experiment, by id. Read anew for each transaction: a decision stored before it holds for it.</summary>
internal sealed class ExperimentBook(ExclusionRules exclusions, IngestionOptions options)
{
    public async Task<IReadOnlyDictionary<string, CountedExperiment>> ReadAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        var set = await DefinitionStore.ReadAsync(connection, transaction, cancellationToken);
        var held = (await connection.QueryAsync<(string Experiment, string? Rules, long? SealedMs)>(new CommandDefinition(
            "SELECT experiment, rules, sealed_ms FROM experiment_intake", transaction: transaction, cancellationToken: cancellationToken)))
            .ToDictionary(static row => row.Experiment, StringComparer.Ordinal);
        var epochs = set.Records.Any(static record => record.Lifecycle.Decision is not null)
            ? (await connection.QueryAsync<(string Experiment, long Epoch, long StartedMs)>(new CommandDefinition(
                "SELECT experiment, epoch, started_ms FROM experiment_epochs", transaction: transaction, cancellationToken: cancellationToken))).ToArray()
            : [];
        return set.Records.ToDictionary(static record => record.Id, record => Of(record, set, epochs, held.GetValueOrDefault(record.Id)), StringComparer.Ordinal);
    }

    private CountedExperiment Of(ExperimentRecord record, DefinitionSet set, (string Experiment, long Epoch, long StartedMs)[] epochs, (string Experiment, string? Rules, long? SealedMs) held)
    {
        var decided = record.Lifecycle.Decision?.AtMs;
        var until = Math.Min(record.Lifecycle.EndedMs ?? long.MaxValue, decided ?? long.MaxValue);
        var epoch = epochs.Where(one => one.Experiment == record.Id && one.StartedMs >= decided).Select(static one => one.Epoch).DefaultIfEmpty(long.MaxValue).Min();
        var joins = set.Layers.GetValueOrDefault(record.Definition.Layer)?.Value.Unit != UnitKinds.Session;
        MetricDefinition[] metrics = [.. MetricTable.All.Select(metric => Of(metric, record.Definition.Metrics.FirstOrDefault(wanted => wanted.Name == metric.Name)))];
        var control = record.Definition.Type == ExperimentTypes.Interleaving ? record.Definition.Arms.First(static arm => arm.Control).Id : null;
        return new CountedExperiment(
            record.Id, [.. record.Definition.Arms.Select(static arm => arm.Id)], until, epoch, held.SealedMs is not null, joins, metrics,
            CountedExperiment.RulesText(until, epoch, joins, metrics, control, exclusions, options), held.Rules, control);
    }

    /// <summary>With the owner's cap and window where he wrote some.</summary>
    private static MetricDefinition Of(MetricDefinition metric, DefinedMetric? wanted) => wanted is not { Cap: not null } and not { WindowHours: not null } ? metric : metric with
    {
        CapMicros = wanted.Cap is { } cap ? (long)Math.Round(cap * QuantityCounts.One) : metric.CapMicros,
        Window = wanted.WindowHours is { } hours ? TimeSpan.FromHours(hours) : metric.Window,
    };
}
