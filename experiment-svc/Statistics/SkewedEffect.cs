namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// Welch's test of numbers whose few large values make t lean to one side: t is bent by a cubic that removes its skewness and can be bent back for intervals (Hall, On the
/// removal of skewness by transformation, JRSS B 1992; Johnson, Modified t tests and confidence intervals for asymmetrical populations, JASA 1978). It matters
/// most when one arm is small: with equal arms the skewness of both cancels.
/// </summary>
/// <param name="Effect">Without correction.</param>
/// <param name="Skewness">Of the effect's estimate: its third cumulant over the cube of its standard error.</param>
internal readonly record struct SkewedEffect(Effect Effect, double Skewness)
{
    private const double Symmetric = 1e-9;

    /// <summary>t without its skewness; held against the same critical values as t.</summary>
    public double T => Bend(Effect.T);

    /// <summary>
    /// The same if the standard error did not come from the values themselves, so that t leans to the other side (Cornish and Fisher, Moments and cumulants in the specification of
    /// distributions, 1937).
    /// </summary>
    public double ZOfKnownError => Effect.T - (Skewness * ((Effect.T * Effect.T) - 1) / 6);

    /// <summary>Two-sided.</summary>
    public double PValue => Math.Min(1, 2 * Tails.StudentUpper(Math.Abs(T), Effect.Freedom));

    /// <summary>Two-sided, missing the truth with probability <paramref name="alpha"/>, about half of it on each side.</summary>
    public Interval Interval(double alpha) => IntervalAt(-Tails.StudentQuantile(alpha / 2, Effect.Freedom));

    /// <param name="critical">Of |t|: a quantile, a boundary of a planned look, or the half width of a sequence in standard errors.</param>
    public Interval IntervalAt(double critical) =>
        new(Effect.Value - (Effect.StandardError * BendBack(critical)), Effect.Value - (Effect.StandardError * BendBack(-critical)));

    /// <summary>Of estimates that know their third cumulant.</summary>
    public static Finding<SkewedEffect> Of(Finding<ArmEstimate> treatment, Finding<ArmEstimate> control) =>
        Effect.Absolute(treatment, control).Then(effect => With(effect, treatment.Value.ThirdCumulant - control.Value.ThirdCumulant));

    private static Finding<SkewedEffect> With(Effect effect, double cumulant)
    {
        var skewness = cumulant / Math.Pow(effect.StandardError, 3);
        return double.IsFinite(skewness) ? new SkewedEffect(effect, skewness) : NotYet.OutOfRange;
    }

    private double Bend(double t) => t + (Skewness * t * t / 3) + (Skewness * Skewness * t * t * t / 27) + (Skewness / 6);

    private double BendBack(double t) => Math.Abs(Skewness) < Symmetric ? t : 3 / Skewness * (Math.Cbrt(1 + (Skewness * (t - (Skewness / 6)))) - 1);
}
