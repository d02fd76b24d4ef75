using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.ExperimentSvc.Inference;

/// <summary>What is shown of each metric and arm. Nothing here decides.</summary>
internal static class MetricView
{
    public static IReadOnlyList<MetricFinding> Of(EvaluationInput input, PastLook? look)
    {
        var (findings, control) = (new List<MetricFinding>(), ArmPlaces.Control(input));
        foreach (var metric in input.Metrics)
        {
            for (var arm = 0; arm < input.Arms.Count; arm++)
            {
                if (arm != control)
                    findings.Add(Of(input, look, metric, arm, control));
            }
        }

        return Adjusted(findings, input.Metrics);
    }

    private static MetricFinding Of(EvaluationInput input, PastLook? look, MetricInput metric, int arm, int control)
    {
        var blank = new MetricFinding(metric.Name, input.Arms[arm].Id, Users(arm), Users(control), null, null, null, null, null, null, null, null, null, Boundary(input, look, metric, arm), null, null);
        if (!Comparison.Of(metric, arm, control).TryGet(out var pair))
            return blank with { NotYet = Comparison.Of(metric, arm, control).Reason };
        var shown = blank with { Users = pair.Treatment.Units, ControlUsers = pair.Control.Units, Value = pair.Treatment.Baseline.Level, ControlValue = pair.Control.Baseline.Level };
        if (!SkewedEffect.Of(pair.Treatment, pair.Control).TryGet(out var effect))
            return shown with { NotYet = SkewedEffect.Of(pair.Treatment, pair.Control).Reason };
        var up = metric.Direction == MetricDirection.Up;
        var posterior = NormalPosterior.Of(effect.Effect, null);
        var critical = -Tails.StudentQuantile(input.Plan.Alpha / 2, effect.Effect.Freedom);
        return shown with
        {
            Difference = Around(effect.Effect.Value, effect.IntervalAt(critical)),
            Lift = Lift(pair, critical),
            Anytime = Anytime(metric, pair, arm, control, input.Plan.HarmAlpha),
            PValue = effect.PValue,
            Z = up ? effect.T : -effect.T,
            ChanceToWin = up ? posterior.ChanceToWin : 1 - posterior.ChanceToWin,
            ExpectedLoss = up ? posterior.LossOfTreatment : posterior.LossOfControl,
        };

        long Users(int of) => ArmPlaces.Users(input, of);
    }

    private static Bounded? Lift(ArmPair pair, double critical) => pair.Relative().TryGet(out var lift) ? LiftInterval.Of(pair, lift, critical) : null;

    /// <summary>Each side as the rollback would see it if this were all that it watched; null while it would look away, because there are too few users.</summary>
    private static Bounded? Anytime(MetricInput metric, ArmPair pair, int arm, int control, double alpha)
    {
        if (!pair.Relative().TryGet(out var lift))
            return null;
        if (metric.Kind == MetricKind.Proportion)
        {
            var (low, high) = RateRatioSequence.Interval(Comparison.Rates(metric, arm, control), alpha);
            return new Bounded(lift.Value, low - 1, high - 1);
        }

        if (!HarmRule.IsEnough(metric, pair))
            return null;
        return Around(lift.Value, Interval.Around(lift.Value, HarmRule.Critical(metric, arm, control, alpha) * lift.StandardError));
    }

    private static double? Boundary(EvaluationInput input, PastLook? look, MetricInput metric, int arm)
    {
        if (metric.Role != MetricRole.Goal || (look ?? (input.Looks.Count > 0 ? input.Looks[^1] : null)) is not { } last)
            return null;
        var before = look is null ? input with { Looks = [.. input.Looks.SkipLast(1)] } : input;
        return LookBounds.Of(before, last, arm, PromoteRule.AlphaOf(input), input.Plan.Boundary);
    }

    private static List<MetricFinding> Adjusted(List<MetricFinding> findings, IReadOnlyList<MetricInput> metrics)
    {
        var goals = metrics.Where(static metric => metric.Role == MetricRole.Goal).Select(static metric => metric.Name).ToHashSet(StringComparer.Ordinal);
        Adjust(finding => goals.Contains(finding.Metric), MultipleTesting.Holm);
        Adjust(finding => !goals.Contains(finding.Metric), MultipleTesting.BenjaminiHochberg);
        return findings;

        void Adjust(Func<MetricFinding, bool> isOne, Func<IReadOnlyList<double>, double[]> adjust)
        {
            var places = Enumerable.Range(0, findings.Count).Where(i => isOne(findings[i]) && findings[i].PValue is not null).ToArray();
            var adjusted = adjust([.. places.Select(i => findings[i].PValue!.Value)]);
            for (var i = 0; i < places.Length; i++)
                findings[places[i]] = findings[places[i]] with { AdjustedPValue = adjusted[i] };
        }
    }

    private static Bounded Around(double value, Interval interval) => new(value, interval.Low, interval.High);
}
