namespace Splitrail.ExperimentSvc.Aggregates;

/// <summary>All that is counted of an experiment, of one moment.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Cells">Every metric in every arm and epoch that has people; by metric, epoch and arm.</param>
/// <param name="MultiArmPeople">Who saw more than one arm; in no cell.</param>
/// <param name="ExcludedPeople">Bots and internal users; in no cell and not among the ones before.</param>
/// <param name="FirstExposureMs">Unix milliseconds of the earliest exposure; null before it.</param>
/// <param name="UpdatedMs">When the sums last changed; null before that.</param>
/// <param name="CompleteMs">Up to when all topics were read; null while that is not known.</param>
/// <param name="MovedPeople">Counted in their first arm, and given to another one by an edit since.</param>
internal sealed record ExperimentAggregates(
    string Experiment, IReadOnlyList<AggregateCell> Cells, long MultiArmPeople, long ExcludedPeople, long? FirstExposureMs, long? UpdatedMs, long? CompleteMs = null, long MovedPeople = 0)
{
    /// <summary>In all arms and epochs.</summary>
    public long CountedPeople => Cells.Where(cell => cell.Metric == Cells[0].Metric).Sum(static cell => cell.Sums.Units);

    /// <summary>Null when nobody is counted there.</summary>
    public AggregateCell? Find(string metric, string arm, int epoch) => Cells.FirstOrDefault(cell => cell.Metric.Name == metric && cell.Arm == arm && cell.Epoch == epoch);
}
