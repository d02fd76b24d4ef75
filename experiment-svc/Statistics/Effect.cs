namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// A treatment against the control by Welch's test (Welch, The generalization of Student's problem when several different population variances are involved,
/// Biometrika 1947), absolute or, by the delta method, relative to the control (Deng, Knoblich and Lu, Applying the Delta Method in Metric Analytics, KDD 2018).
/// </summary>
/// <param name="Value">Treatment - control in the metric's unit, or that as a part of |control|: 0.05 is + 5 %.</param>
/// <param name="StandardError">Of the value, above 0.</param>
/// <param name="Freedom">Degrees of freedom by Welch and Satterthwaite.</param>
internal readonly record struct Effect(double Value, double StandardError, double Freedom)
{
    public double T => Value / StandardError;

    /// <summary>Two-sided.</summary>
    public double PValue => Math.Min(1, 2 * Tails.StudentUpper(Math.Abs(T), Freedom));

    /// <summary>Of the one-sided question whether the treatment is above the control.</summary>
    public double PValueGreater => Tails.StudentUpper(T, Freedom);

    /// <summary>Two-sided, missing the truth with probability <paramref name="alpha"/>.</summary>
    public Interval Interval(double alpha) => Statistics.Interval.Around(Value, -Tails.StudentQuantile(alpha / 2, Freedom) * StandardError);

    public static Finding<Effect> Absolute(Finding<ArmEstimate> treatment, Finding<ArmEstimate> control) =>
        treatment.Then(one => control.Then(other => Of(one.Value - other.Value, one.ErrorVariance + other.ErrorVariance, one, other)));

    /// <summary>Of (treatment - control) / |control|.</summary>
    public static Finding<Effect> Relative(Finding<ArmEstimate> treatment, Finding<ArmEstimate> control) =>
        treatment.Then(one => control.Then(other => Relative(one, other)));

    private static Finding<Effect> Relative(ArmEstimate treatment, ArmEstimate control)
    {
        var (level, variance, covariance) = control.Baseline;
        if (level == 0)
            return NotYet.NoBaseline;
        var difference = treatment.Value - control.Value;
        // The control stands above and below the line: Var(C + C₀ · part), part being the lift without adjustment, which has no noise of the slope in it.
        var part = (treatment.Baseline.Level / level) - 1;
        var ofControl = control.ErrorVariance + (2 * part * covariance) + (part * part * variance);
        return Of(difference / Math.Abs(level), (treatment.ErrorVariance + ofControl) / (level * level), treatment, control);
    }

    private static Finding<Effect> Of(double value, double variance, ArmEstimate treatment, ArmEstimate control)
    {
        if (variance <= 0)
            return NotYet.NoVariance;
        var (one, other) = (treatment.ErrorVariance, control.ErrorVariance);
        var freedom = (one + other) * (one + other) / ((one * one / treatment.Freedom) + (other * other / control.Freedom));
        return double.IsFinite(value) && double.IsFinite(variance) && double.IsFinite(freedom) ? new Effect(value, Math.Sqrt(variance), freedom) : NotYet.OutOfRange;
    }
}
