namespace Splitrail.ExperimentSvc.Aggregates;

/// <summary>The exact sums, for who wants to compute for himself or compare two databases.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Cells">By metric, epoch and arm.</param>
/// <param name="MultiArmPeople">In no cell.</param>
/// <param name="ExcludedPeople">In no cell.</param>
internal sealed record SumsView(string Experiment, IReadOnlyList<SumsCell> Cells, long MultiArmPeople, long ExcludedPeople)
{
    public static SumsView Of(ExperimentAggregates aggregates) => new(
        aggregates.Experiment, [.. aggregates.Cells.Select(static cell => new SumsCell(cell.Metric.Name, cell.Arm, cell.Epoch, cell.Sums.ToString()))], aggregates.MultiArmPeople, aggregates.ExcludedPeople);
}

/// <param name="Metric">Its name.</param>
/// <param name="Arm">The arm.</param>
/// <param name="Epoch">Of the first exposure.</param>
/// <param name="Sums">See <see cref="ExactSums"/>.</param>
internal sealed record SumsCell(string Metric, string Arm, int Epoch, string Sums);
