namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>A metric's value in one arm, as every comparison of two arms needs it.</summary>
/// <param name="Units">Users it comes from.</param>
/// <param name="Value">The estimate.</param>
/// <param name="ErrorVariance">Variance of the estimate (not of a unit): the square of its standard error.</param>
/// <param name="Freedom">Degrees of freedom of that variance.</param>
/// <param name="Baseline">What a lift is relative to.</param>
internal readonly record struct ArmEstimate(long Units, double Value, double ErrorVariance, double Freedom, Baseline Baseline)
{
    /// <summary>Third cumulant of the estimate, for metrics whose skewness is corrected; 0 for the others.</summary>
    public double ThirdCumulant { get; init; }

    /// <summary>Of units' values with this variance.</summary>
    public static Finding<ArmEstimate> Of(long units, double value, double unitVariance) =>
        Of(units, value, unitVariance / units, units - 1, new Baseline(value, unitVariance / units, unitVariance / units));

    public static Finding<ArmEstimate> Of(long units, double value, double errorVariance, double freedom, Baseline baseline) => units switch
    {
        <= 0 => NotYet.NoUsers,
        1 => NotYet.OneUser,
        _ when !double.IsFinite(value) || !double.IsFinite(errorVariance) || !baseline.IsFinite => NotYet.OutOfRange,
        _ => new ArmEstimate(units, value, errorVariance, freedom, baseline),
    };
}
