using Splitrail.ExperimentSvc.Aggregates;
using Splitrail.ExperimentSvc.Bandits;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Ingestion;
using Splitrail.ExperimentSvc.Metrics;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>Puts together what an evaluation reads: definition, sums, splits of all epochs and the looks before.</summary>
internal sealed class FactsReader(Database database, EpochShares shares, TimeProvider time)
{
    /// <param name="record">The experiment.</param>
    /// <param name="before">What the log has of it.</param>
    /// <param name="cancellationToken">The caller's deadline.</param>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public async Task<CountedFacts> ReadAsync(ExperimentRecord record, IReadOnlyList<RecordedDecision> before, CancellationToken cancellationToken)
    {
        var (counted, quality) = await database.ReadAsync(
            async (connection, token) => (await AggregateReader.ReadAsync(connection, null, record.Id, token), await QualityCounts.ReadAsync(connection, record.Id, token)), cancellationToken);
        var facts = Of(record, counted, quality, await shares.OfAsync(record.Id, cancellationToken), before, time.GetUtcNow().ToUnixTimeMilliseconds());
        return new CountedFacts(facts, counted.FirstExposureMs, counted.UpdatedMs, counted.ExcludedPeople);
    }

    private static EvaluationFacts Of(
        ExperimentRecord record, ExperimentAggregates counted, IReadOnlyList<QualityRow> quality, IReadOnlyDictionary<int, IReadOnlyDictionary<string, double>> shares, IReadOnlyList<RecordedDecision> before, long nowMs)
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
            Quality(counted, quality, nowMs), DecisionRule.Looks(before, [.. arms.Select(static arm => arm.Id)]),
            counted.FirstExposureMs ?? record.Lifecycle.StartedMs ?? nowMs, nowMs, BanditPlan.Of(record.Definition));
        return facts with { Plan = AgreedPlan.Of(record, facts, before) };

        double ShareOf(string arm, int epoch) => shares.GetValueOrDefault(epoch)?.GetValueOrDefault(arm) ?? 0;
    }

    /// <summary>What was asked to be deleted, and what comes after retention, is refused on purpose.</summary>
    private static QualityFacts Quality(ExperimentAggregates counted, IReadOnlyList<QualityRow> rows, long nowMs) => new(
        counted.MultiArmPeople,
        rows.Where(static row => row.Reason == QualityReasons.Accepted).Sum(static row => row.Events),
        rows.Where(static row => row.Reason is not (QualityReasons.Accepted or QualityReasons.Deleted or QualityReasons.AfterRetention)).Sum(static row => row.Events),
        counted.UpdatedMs is { } updated ? Math.Max(0, nowMs - Math.Max(updated, counted.CompleteMs ?? updated)) : 0);
}
