using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.ExperimentSvc.Bandits;

/// <summary>
/// What a bandit does with what was counted, and nothing else, as <see cref="Evaluation"/> does for tests: a guardrail that is harmed ends it, or the split takes a step. Its goal promotes nobody and harms nobody: an arm that
/// earns less gets less. The sequences of guardrails are by epoch, and a step begins one, so they hold whatever the splits followed from.
/// </summary>
internal static class BanditEvaluation
{
    /// <summary>Smaller changes of a share are not worth an epoch.</summary>
    private const double LeastChange = 0.001;

    public static EvaluationOutput Of(EvaluationInput input, BanditPlan plan)
    {
        EvaluationShape.Check(input);
        var goal = input.Metrics.Single(static metric => metric.Role == MetricRole.Goal);
        var step = ThompsonStep.Next(goal, plan.Shares, plan.Limits);
        return new EvaluationOutput(Conclude(input, plan, goal, step), Findings(input), Gates.SampleRatio(input), Progress(input), new BanditOutcome(step.Shares, step.ChanceToBeBest));
    }

    private static Conclusion Conclude(EvaluationInput input, BanditPlan plan, MetricInput goal, ThompsonStep step)
    {
        var harms = HarmRule.Harms(input with { Metrics = [.. input.Metrics.Where(static metric => metric.Role == MetricRole.Guardrail)] });
        if (harms.Count > 0)
            return new Conclusion(Verdict.RollBack, harms[0].Arm, harms, null);
        if (step.Values is null)
            return new Conclusion(Verdict.KeepGoing, null, [new Ground(GroundKind.NotYet, goal.Name)], null);
        List<Ground> grounds = [.. input.Arms.Select((arm, i) => new Ground(GroundKind.ChanceToBeBest, goal.Name, arm.Id, step.ChanceToBeBest[i], step.Shares[i]))];
        var moves = step.Shares.Zip(plan.Shares).Any(static pair => Math.Abs(pair.First - pair.Second) >= LeastChange);
        return new Conclusion(moves ? Verdict.Reallocate : Verdict.KeepGoing, null, grounds, null);
    }

    private static SampleProgress Progress(EvaluationInput input) => new(ArmPlaces.Users(input), 0, 0, 0, null);

    private static List<MetricFinding> Findings(EvaluationInput input)
    {
        var (findings, control) = (new List<MetricFinding>(), ArmPlaces.Control(input));
        foreach (var metric in input.Metrics)
        {
            for (var arm = 0; arm < input.Arms.Count; arm++)
            {
                if (arm != control)
                    findings.Add(Of(input, metric, arm, control));
            }
        }

        return findings;
    }

    /// <summary>Values by users over their share, differences by epochs of equal weight (<see cref="Reweighting"/>). A lift has no such interval, and a sequence neither.</summary>
    private static MetricFinding Of(EvaluationInput input, MetricInput metric, int arm, int control)
    {
        var blank = new MetricFinding(
            metric.Name, input.Arms[arm].Id, ArmPlaces.Users(input, arm), ArmPlaces.Users(input, control), null, null, null, null, null, null, null, null, null, null, null, null);
        var values = Reweighting.Estimates(metric);
        if (!values.TryGet(out var all))
            return blank with { NotYet = values.Reason };
        var shown = blank with { Value = all.Arms[arm].Value, ControlValue = all.Arms[control].Value };
        var difference = Reweighting.Difference(metric, arm, control);
        if (!difference.TryGet(out var effect))
            return shown with { NotYet = difference.Reason };
        var (interval, isUp) = (effect.Interval(input.Plan.Alpha), metric.Direction == MetricDirection.Up);
        var posterior = NormalPosterior.Of(effect, null);
        return shown with
        {
            Difference = new Bounded(effect.Value, interval.Low, interval.High),
            PValue = effect.PValue,
            ChanceToWin = isUp ? posterior.ChanceToWin : 1 - posterior.ChanceToWin,
            ExpectedLoss = isUp ? posterior.LossOfTreatment : posterior.LossOfControl,
        };
    }
}
