namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>Successes of two arms at the same time, in one epoch.</summary>
internal readonly record struct RatePair(double Treatment, long TreatmentUnits, double Control, long ControlUnits)
{
    public RatePair Mirrored => new(Control, ControlUnits, Treatment, TreatmentUnits);
}
