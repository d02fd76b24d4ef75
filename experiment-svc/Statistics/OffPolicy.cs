namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// The value a policy would have had, from another one's logged decisions. Estimates are means over decisions, with the variance of those.
/// </summary>
internal static class OffPolicy
{
    /// <summary>Decisions of the new policy that the log is worth: (Σw)² / Σw² (Kong, A note on importance sampling, 1992).</summary>
    public static double EffectiveSample(IReadOnlyList<LoggedDecision> log)
    {
        var squares = log.Sum(static one => one.Weight * one.Weight);
        return squares == 0 ? 0 : Math.Pow(log.Sum(static one => one.Weight), 2) / squares;
    }

    /// <summary>Hands an estimate on only if the log is worth enough; heavy weights on few decisions say nothing, and say it with a small standard error.</summary>
    public static Finding<ArmEstimate> IfEnough(IReadOnlyList<LoggedDecision> log, double least, Func<IReadOnlyList<LoggedDecision>, Finding<ArmEstimate>> estimate) =>
        EffectiveSample(log) < least ? NotYet.TooFew : estimate(log);

    /// <summary>Inverse propensity scores (Horvitz and Thompson, JASA 1952), weights cut at <paramref name="largest"/>.</summary>
    public static Finding<ArmEstimate> Ips(IReadOnlyList<LoggedDecision> log, double largest = double.PositiveInfinity) => Mean(log.Select(one => Math.Min(one.Weight, largest) * one.Reward));

    /// <summary>Self-normalised (Swaminathan and Joachims, The Self-Normalized Estimator for Counterfactual Learning, NIPS 2015): never outside of the rewards' range.</summary>
    public static Finding<ArmEstimate> Snips(IReadOnlyList<LoggedDecision> log) =>
        RatioMetric.Estimate(PairSums.Of(log.Select(static one => (one.Weight * one.Reward, one.Weight))));

    /// <summary>The reward model alone.</summary>
    public static Finding<ArmEstimate> Direct(IReadOnlyList<LoggedDecision> log) => Mean(log.Select(static one => one.PredictedNew));

    /// <summary>Doubly robust (Dudík, Langford and Li, Doubly Robust Policy Evaluation and Learning, ICML 2011): right when either the probabilities or the model are.</summary>
    public static Finding<ArmEstimate> DoublyRobust(IReadOnlyList<LoggedDecision> log) => Corrected(log, static weight => weight);

    /// <summary>The same with weights that average 1.</summary>
    public static Finding<ArmEstimate> SelfNormalisedDoublyRobust(IReadOnlyList<LoggedDecision> log)
    {
        var mean = log.Count == 0 ? 0 : log.Average(static one => one.Weight);
        return mean == 0 ? NotYet.TooFew : Corrected(log, weight => weight / mean);
    }

    /// <summary>SWITCH (Wang, Agarwal and Dudík, Optimal and Adaptive Off-policy Evaluation in Contextual Bandits, ICML 2017): the model alone where the weight is above a limit.</summary>
    public static Finding<ArmEstimate> Switch(IReadOnlyList<LoggedDecision> log, double limit) => Corrected(log, weight => weight <= limit ? weight : 0);

    /// <summary>Optimistic shrinkage of the weights (Su et al., Doubly Robust Off-Policy Evaluation with Shrinkage, ICML 2020).</summary>
    public static Finding<ArmEstimate> Shrunk(IReadOnlyList<LoggedDecision> log, double lambda) => Corrected(log, weight => lambda * weight / ((weight * weight) + lambda));

    private static Finding<ArmEstimate> Corrected(IReadOnlyList<LoggedDecision> log, Func<double, double> weight) =>
        Mean(log.Select(one => one.PredictedNew + (weight(one.Weight) * (one.Reward - one.Predicted))));

    private static Finding<ArmEstimate> Mean(IEnumerable<double> values) => UnitSums.Of(values).MeanEstimate();
}
