using Splitrail.ExperimentSvc.Aggregates;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Metrics;

namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>Puts together what an evaluation reads: definition, sums, splits of all epochs and the looks before.</summary>
internal sealed class FactsReader(AggregateReader aggregates, EpochShares shares, TimeProvider time)
{
    /// <param name="record">The experiment.</param>
    /// <param name="before">What the log has of it.</param>
    /// <param name="cancellationToken">The caller's deadline.</param>
    /// <exception cref="Sql.DatabaseAwayException">The database is away.</exception>
    public async Task<CountedFacts> ReadAsync(ExperimentRecord record, IReadOnlyList<RecordedDecision> before, CancellationToken cancellationToken)
    {
        var counted = await aggregates.ReadAsync(record.Id, cancellationToken);
        var facts = Of(record, counted, await shares.OfAsync(record.Id, cancellationToken), before, time.GetUtcNow().ToUnixTimeMilliseconds());
        return new CountedFacts(facts, counted.FirstExposureMs, counted.UpdatedMs, counted.ExcludedPeople);
    }

    private static EvaluationFacts Of(
        ExperimentRecord record, ExperimentAggregates counted, IReadOnlyDictionary<int, IReadOnlyDictionary<string, double>> shares, IReadOnlyList<RecordedDecision> before, long nowMs)
    {
        var arms = record.Definition.Arms;
        var cells = counted.Cells.ToDictionary(static cell => (cell.Metric.Name, cell.Arm, cell.Epoch), static cell => cell.Sums);
        // Every metric counts all people: any of them has their number.
        var any = MetricTable.All[0].Name;
        // The present epoch is there before its first user: who gets users now is read from it.
        int[] epochs = [.. counted.Cells.Select(static cell => cell.Epoch).Concat(shares.Keys.OrderDescending().Take(1)).Distinct().Order()];
        EpochInput[] inputs = [.. epochs.Select(epoch => new EpochInput(epoch, [.. arms.Select(arm => cells.GetValueOrDefault((any, arm.Id, epoch)).Units)], [.. arms.Select(arm => ShareOf(arm.Id, epoch))]))];
        MetricFacts[] metrics =
        [
            .. record.Definition.Metrics.Select(static wanted => (Wanted: wanted, Known: MetricTable.Find(wanted.Name))).Where(static pair => pair.Known is not null)
                .Select(pair => new MetricFacts(
                    MetricShapes.Of(pair.Wanted, pair.Known!),
                    [.. arms.Select(arm => (IReadOnlyList<string>)[.. epochs.Select(epoch => cells.GetValueOrDefault((pair.Wanted.Name, arm.Id, epoch)).ToString())])])),
        ];
        var facts = new EvaluationFacts(
            new EvaluationPlan(), [.. arms.Select(static arm => new ArmInput(arm.Id, arm.Control))], inputs, metrics,
            new QualityFacts(counted.MultiArmPeople, 0, 0, Math.Max(0, nowMs - (counted.UpdatedMs ?? nowMs))), DecisionRule.Looks(before),
            counted.FirstExposureMs ?? record.Lifecycle.StartedMs ?? nowMs, nowMs);
        return facts with { Plan = AgreedPlan.Of(record, facts, before) };

        double ShareOf(string arm, int epoch) => shares.GetValueOrDefault(epoch)?.GetValueOrDefault(arm) ?? 0;
    }
}
