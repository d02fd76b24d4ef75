using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.ExperimentSvc.Inference;

/// <summary>
/// Promotes: at planned looks only. An arm is promoted when one of its goals is beyond the group-sequential boundary, no other goal is worse beyond doubt, and all guardrails
/// hold. Alpha is divided evenly among arms and goals; the first one beyond its boundary ends the experiment, so that Holm's later steps are never taken.
/// </summary>
internal static class PromoteRule
{
    /// <summary>Two-sided, of what keeps from promoting: 5 % on the side of harm.</summary>
    private const double GuardAlpha = 0.1;

    /// <param name="input">With the looks before.</param>
    /// <param name="look">The look that is taken.</param>
    /// <returns>The arm and why; without an arm, why none.</returns>
    public static (string? Arm, List<Ground> Grounds) Choose(EvaluationInput input, PastLook look)
    {
        var (control, best, lift, why, whyNot) = (ArmPlaces.Control(input), -1, double.NegativeInfinity, new List<Ground>(), new List<Ground>());
        for (var arm = 0; arm < input.Arms.Count; arm++)
        {
            if (arm == control || !ArmPlaces.IsLive(input, arm))
                continue;
            var (reached, against, gain) = Judge(input, look, arm, control);
            if (reached.Count == 0 || against.Count > 0)
                whyNot.AddRange([.. reached, .. against]);
            else if (gain > lift)
                (best, lift, why) = (arm, gain, reached);
        }

        return best < 0 ? (null, whyNot) : (input.Arms[best].Id, why);
    }

    /// <summary>Two-sided alpha of one arm and goal.</summary>
    public static double AlphaOf(EvaluationInput input) =>
        input.Plan.Alpha / Math.Max(input.Plan.Comparisons ?? 1, Math.Max(1, ArmPlaces.Treatments(input) * input.Metrics.Count(static metric => metric.Role == MetricRole.Goal)));

    /// <returns>Goals that are reached, what speaks against the arm, and the largest relative gain of a reached goal.</returns>
    private static (List<Ground> Reached, List<Ground> Against, double Gain) Judge(EvaluationInput input, PastLook look, int arm, int control)
    {
        var (reached, against, missed, gain, id) = (new List<Ground>(), new List<Ground>(), new List<Ground>(), double.NegativeInfinity, input.Arms[arm].Id);
        var alpha = AlphaOf(input);
        foreach (var metric in input.Metrics.Where(static metric => metric.Role == MetricRole.Goal))
        {
            if (LookBounds.Of(input, look, arm, alpha, input.Plan.Boundary) is not { } bound || Test(metric, arm, control, 0) is not { } test)
            {
                missed.Add(new Ground(GroundKind.NotYet, metric.Name, id));
                continue;
            }

            (test.Z >= bound ? reached : missed).Add(new Ground(test.Z >= bound ? GroundKind.GoalReached : GroundKind.GoalNotReached, metric.Name, id, test.Z, bound));
            if (test.Z >= bound)
                gain = Math.Max(gain, Lift(metric, arm, control));
            else if (test.Z <= Tails.NormalQuantile(GuardAlpha / 2))
                against.Add(new Ground(GroundKind.GoalHarmed, metric.Name, id, Lift(metric, arm, control, -Tails.NormalQuantile(GuardAlpha / 2)), 0));
        }

        foreach (var guardrail in input.Metrics.Where(static metric => metric.Role == MetricRole.Guardrail))
        {
            if (NotHeld(input, look, guardrail, arm, control) is { } ground)
                against.Add(ground);
        }

        if (reached.Count == 0)
            against.InsertRange(0, missed);
        return (reached, against, gain);
    }

    /// <summary>With a margin the guardrail must be shown to hold it, by a sequential test of its own; without one it must not look worse.</summary>
    private static Ground? NotHeld(EvaluationInput input, PastLook look, MetricInput guardrail, int arm, int control)
    {
        var margin = HarmRule.MarginOf(guardrail);
        var bound = margin > 0 ? LookBounds.Of(input, look, arm, GuardAlpha, BoundaryFamilies.Pocock) : Tails.NormalQuantile(GuardAlpha / 2);
        if (bound is not { } least || Test(guardrail, arm, control, margin) is not { } test)
            return new Ground(GroundKind.NotYet, guardrail.Name, input.Arms[arm].Id);
        return test.Z >= least ? null : new Ground(GroundKind.GuardrailNotHeld, guardrail.Name, input.Arms[arm].Id, Lift(guardrail, arm, control, -least), 0 - margin);
    }

    private static MarginTest? Test(MetricInput metric, int arm, int control, double margin) =>
        Comparison.Of(metric, arm, control).Then(pair => MarginTest.Of(pair, metric.Direction, margin)).TryGet(out var test) ? test : null;

    /// <summary>The relative change, good being positive, and so many standard errors.</summary>
    private static double Lift(MetricInput metric, int arm, int control, double errors = 0) =>
        Comparison.Of(metric, arm, control).Then(static pair => pair.Relative()).TryGet(out var lift) ? (lift.Value * (metric.Direction == MetricDirection.Up ? 1 : -1)) + (errors * lift.StandardError) : 0;
}
