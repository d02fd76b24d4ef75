namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>What a lift is relative to: the arm's value before any adjustment by covariates.</summary>
/// <param name="Level">The plain value.</param>
/// <param name="ErrorVariance">Its variance as an estimate.</param>
/// <param name="Covariance">Of plain and adjusted value; both variances where nothing is adjusted.</param>
internal readonly record struct Baseline(double Level, double ErrorVariance, double Covariance)
{
    public bool IsFinite => double.IsFinite(Level) && double.IsFinite(ErrorVariance) && double.IsFinite(Covariance);
}
