namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>From low to high, in the unit of what it is about.</summary>
internal readonly record struct Interval(double Low, double High)
{
    public bool Contains(double value) => Low <= value && value <= High;

    public static Interval Around(double middle, double half) => new(middle - half, middle + half);
}
