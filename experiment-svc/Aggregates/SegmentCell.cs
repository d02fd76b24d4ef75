namespace Splitrail.ExperimentSvc.Aggregates;

/// <summary>One value of a dimension in one arm and one epoch: the people counted there, and their sums of all metrics of people.</summary>
internal sealed record SegmentCell(string Dimension, string Value, string Arm, int Epoch, long People, IReadOnlyDictionary<string, ExactSums> Sums)
{
    /// <summary>Who did nothing is in it with 0.</summary>
    public ExactSums Of(string metric) => Sums.GetValueOrDefault(metric) with { Units = People };
}
