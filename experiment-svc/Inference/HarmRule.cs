using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.ExperimentSvc.Inference;

/// <summary>
/// Rolls back: holds at every look, however many there are. Goals must not be worse at all, guardrails not beyond their margin. Alpha is divided evenly among all
/// arms and watched metrics (Bonferroni), so that an experiment without harm is ever ended with a probability of the plan's alpha at most.
/// </summary>
internal static class HarmRule
{
    /// <summary>Users of both arms, half each, at which a sequence is the tightest.</summary>
    private const double TightestAt = 12_000;

    /// <summary>Below this a mean of some users is not normal enough for a sequence that is only right for many.</summary>
    private const long FewestUsers = 500;

    /// <summary>Values beyond a quantile from which on its interval is narrow and even enough for that.</summary>
    private const double FewestBeyond = 50;

    /// <summary>Of the difference: below this large losses are too likely by chance for the cubic. To the other side losses are less likely than a normal's.</summary>
    private const double LowestSkewness = -0.5;

    /// <returns>Each harm found, by metric and then by arm; none when all is well or nothing can be said.</returns>
    public static List<Ground> Harms(EvaluationInput input)
    {
        var (harms, control, alpha) = (new List<Ground>(), ArmPlaces.Control(input), AlphaOf(input));
        foreach (var metric in input.Metrics)
        {
            if (metric.Role == MetricRole.Secondary)
                continue;
            for (var arm = 0; arm < input.Arms.Count; arm++)
            {
                if (arm != control && Harm(metric, arm, control, alpha) is { } bound)
                    harms.Add(new Ground(metric.Role == MetricRole.Goal ? GroundKind.GoalHarmed : GroundKind.GuardrailHarmed, metric.Name, input.Arms[arm].Id, bound, 0 - MarginOf(metric)));
            }
        }

        return harms;
    }

    /// <summary>Of one arm and one watched metric.</summary>
    public static double AlphaOf(EvaluationInput input) => input.Plan.HarmAlpha / Math.Max(1, ArmPlaces.Treatments(input) * input.Metrics.Count(static metric => metric.Role != MetricRole.Secondary));

    public static double MarginOf(MetricInput metric) => metric.Role == MetricRole.Guardrail ? metric.Margin ?? 0 : 0;

    /// <summary>The relative change, good being positive, that the truth is not above; null while the arm may do no harm.</summary>
    private static double? Harm(MetricInput metric, int arm, int control, double alpha)
    {
        if (metric.Kind == MetricKind.Proportion)
            return RateHarm(metric, Comparison.Rates(metric, arm, control), alpha);
        if (!Comparison.Of(metric, arm, control).TryGet(out var pair) || !IsEnough(metric, pair))
            return null;
        var critical = Critical(metric, arm, control, alpha);
        return IsBeyond(pair, metric, critical, isPooled: false) && Comparison.Of(metric, arm, control, isPooled: true).TryGet(out var both) && IsBeyond(both, metric, critical, isPooled: true)
            ? Bound(pair, metric, critical)
            : null;
    }

    /// <summary>A sequence that is only right for many users says nothing before.</summary>
    public static bool IsEnough(MetricInput metric, ArmPair pair) => Math.Min(pair.Treatment.Units, pair.Control.Units) >= FewestOf(metric);

    private static double FewestOf(MetricInput metric) => metric is { Kind: MetricKind.Quantile, Quantile: { } quantile } ? FewestBeyond / Math.Min(quantile, 1 - quantile) : FewestUsers;

    /// <summary>
    /// By each arm's own variance and by that of both: an arm that has a low mean because it missed its large values by chance thinks itself precise too, and the other one knows better.
    /// Skewness is held against the arm only where it makes losses likely; an estimate of it must not find a harm that is not there without.
    /// </summary>
    private static bool IsBeyond(ArmPair pair, MetricInput metric, double critical, bool isPooled)
    {
        if (!MarginTest.Of(pair, metric.Direction, MarginOf(metric)).TryGet(out var test) || test.Test.Effect.T >= -critical)
            return false;
        return !isPooled || (test.Test.Skewness >= LowestSkewness && test.Test.ZOfKnownError < -critical);
    }

    /// <summary>The sequence's half width in standard errors.</summary>
    public static double Critical(MetricInput metric, int arm, int control, double alpha) =>
        AnytimeSequence.OneSidedCritical((long)(4 * Comparison.Information(metric, arm, control)), TightestAt, alpha);

    private static double? RateHarm(MetricInput metric, RatePair[] epochs, double alpha)
    {
        var (margin, isUp) = (MarginOf(metric), metric.Direction == MetricDirection.Up);
        if (!isUp)
            Mirror(epochs);
        if (RateRatioSequence.LogEvidenceBelow(epochs, isUp ? 1 - margin : 1 / (1 + margin)) < -Math.Log(alpha))
            return null;
        var ratio = RateRatioSequence.Upper(epochs, alpha) ?? 1;
        return isUp ? ratio - 1 : 1 - (1 / ratio);
    }

    private static void Mirror(RatePair[] epochs)
    {
        for (var i = 0; i < epochs.Length; i++)
            epochs[i] = epochs[i].Mirrored;
    }

    /// <summary>For the reader: the sequence's bound of the lift, which need not be on the same side of the margin to the last digit.</summary>
    private static double Bound(ArmPair pair, MetricInput metric, double critical)
    {
        var sign = metric.Direction == MetricDirection.Up ? 1 : -1;
        return pair.Relative().TryGet(out var lift) ? (sign * lift.Value) + (critical * lift.StandardError) : -1;
    }
}
