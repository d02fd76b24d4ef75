using Splitrail.ExperimentSvc.Aggregates;
using Splitrail.ExperimentSvc.Decisions;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Metrics;
using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.ExperimentSvc.Results;

/// <summary>
/// Results of each value of a dimension, from sums of its own. Nothing is decided by them: there are many, so that some look good or bad by chance, and p values are corrected for all of them together
/// (Benjamini and Hochberg, Controlling the False Discovery Rate, JRSS B 1995).
/// </summary>
internal sealed class DimensionReader(SegmentReader segments, TimeProvider time)
{
    private const string Note =
        "Exploratory: look here for questions, not for answers. The adjusted p values (Benjamini and Hochberg, over all segments, metrics and arms shown) bound the share of false finds; no decision uses them, and what is "
        + "found here needs an experiment of its own.";

    /// <summary>Shown by themselves; more would be more false finds than answers.</summary>
    private const int MostValues = 20;

    /// <exception cref="Sql.DatabaseAwayException">The database is away.</exception>
    public async Task<DimensionView> ReadAsync(ExperimentRecord record, Dimension dimension, CancellationToken cancellationToken)
    {
        var cells = await segments.ReadAsync(record.Id, dimension.Name, cancellationToken);
        var values = Folded(cells).Select(segment => (segment.Value, Input: InputOf(record, segment.Cells))).ToArray();
        var findings = Adjusted([.. values.Select(static value => MetricView.Of(value.Input, null))]);
        return new DimensionView(
            record.Id, dimension.Name, dimension.Summary, time.GetUtcNow(), Note,
            [.. values.Select((value, i) => new SegmentView(value.Value, ArmPlaces.Users(value.Input), [.. value.Input.Metrics.Select(metric => ResultsText.Metric(metric, findings[i]))]))]);
    }

    /// <summary>The largest first, and the rest as one.</summary>
    private static IEnumerable<(string Value, SegmentCell[] Cells)> Folded(IReadOnlyList<SegmentCell> cells)
    {
        var sizes = cells.GroupBy(static cell => cell.Value, StringComparer.Ordinal).Where(static cells => cells.Key != DimensionTable.Other)
            .OrderByDescending(static cells => cells.Sum(static cell => cell.People)).ThenBy(static cells => cells.Key, StringComparer.Ordinal).Take(MostValues)
            .Select(static (cells, place) => (cells.Key, place)).ToDictionary(static one => one.Key, static one => one.place, StringComparer.Ordinal);
        return cells.GroupBy(cell => sizes.ContainsKey(cell.Value) ? cell.Value : DimensionTable.Other, StringComparer.Ordinal)
            .OrderBy(segment => sizes.GetValueOrDefault(segment.Key, MostValues)).Select(static segment => (segment.Key, segment.ToArray()));
    }

    private static EvaluationInput InputOf(ExperimentRecord record, SegmentCell[] cells)
    {
        var (arms, epochs) = (record.Definition.Arms, cells.Select(static cell => cell.Epoch).Distinct().Order().ToArray());
        var byPlace = cells.ToLookup(static cell => (cell.Arm, cell.Epoch));
        EpochInput[] inputs = [.. epochs.Select(epoch => new EpochInput(epoch, [.. arms.Select(arm => byPlace[(arm.Id, epoch)].Sum(static cell => cell.People))], [.. arms.Select(static arm => arm.Share)]))];
        MetricInput[] metrics =
        [
            .. from wanted in record.Definition.Metrics
               let known = MetricTable.Find(wanted.Name)
               where known is { IsOfAnswers: false }
               select MetricShapes.Of(wanted, known) with { Cells = [.. arms.Select(arm => (IReadOnlyList<MetricCell>)[.. epochs.Select(epoch => SumsOf(known, byPlace[(arm.Id, epoch)]).ToCell(known))])] },
        ];
        var plan = new EvaluationPlan();
        return new EvaluationInput(
            plan with { Alpha = record.Definition.Decisions?.Alpha ?? plan.Alpha }, [.. arms.Select(static arm => new ArmInput(arm.Id, arm.Control))], inputs, metrics, QualityFacts.None, [], 0, 0);
    }

    private static ExactSums SumsOf(MetricDefinition metric, IEnumerable<SegmentCell> cells) =>
        cells.Aggregate(default(ExactSums), (sums, cell) => sums + cell.Of(metric.Name));

    /// <summary>One family of all that is shown.</summary>
    private static IReadOnlyList<MetricFinding>[] Adjusted(IReadOnlyList<MetricFinding>[] segments)
    {
        double[] tested = [.. segments.SelectMany(static findings => findings).Select(static finding => finding.PValue).OfType<double>()];
        var adjusted = new Queue<double>(MultipleTesting.BenjaminiHochberg(tested));
        return
        [
            .. segments.Select(findings => (IReadOnlyList<MetricFinding>)
            [
                .. findings.Select(finding => finding with { AdjustedPValue = finding.PValue is null ? null : adjusted.Dequeue() }),
            ]),
        ];
    }
}
