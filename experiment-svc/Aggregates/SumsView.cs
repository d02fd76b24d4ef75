namespace Splitrail.ExperimentSvc.Aggregates;

/// <summary>The exact sums, for who wants to compute for himself or compare two databases.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Cells">By metric, epoch and arm.</param>
/// <param name="MultiArmPeople">In no cell.</param>
/// <param name="ExcludedPeople">In no cell.</param>
/// <param name="Segments">The same people by dimension; by dimension, value, epoch and arm.</param>
internal sealed record SumsView(string Experiment, IReadOnlyList<SumsCell> Cells, long MultiArmPeople, long ExcludedPeople, IReadOnlyList<SegmentSumsCell> Segments)
{
    public static SumsView Of(ExperimentAggregates aggregates, IReadOnlyList<SegmentCell> segments) => new(
        aggregates.Experiment, [.. aggregates.Cells.Select(static cell => new SumsCell(cell.Metric.Name, cell.Arm, cell.Epoch, cell.Sums.ToString()))], aggregates.MultiArmPeople, aggregates.ExcludedPeople,
        [.. segments.Select(static cell => new SegmentSumsCell(cell.Dimension, cell.Value, cell.Arm, cell.Epoch, cell.People, SegmentSums.Write(cell.Sums)))]);
}

/// <param name="Metric">Its name.</param>
/// <param name="Arm">The arm.</param>
/// <param name="Epoch">Of the first exposure.</param>
/// <param name="Sums">See <see cref="ExactSums"/>.</param>
internal sealed record SumsCell(string Metric, string Arm, int Epoch, string Sums);

/// <param name="Dimension">What it is by.</param>
/// <param name="Value">One of its values.</param>
/// <param name="Arm">The arm.</param>
/// <param name="Epoch">Of the first exposure.</param>
/// <param name="People">Counted there.</param>
/// <param name="Sums">See <see cref="SegmentSums"/>.</param>
internal sealed record SegmentSumsCell(string Dimension, string Value, string Arm, int Epoch, long People, string Sums);
