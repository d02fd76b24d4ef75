using MathNet.Numerics;

namespace Splitrail.ExperimentSvc.Planning;

/// <summary>
/// Sample ratio mismatch: Pearson's chi-square of the arms' units against the split (Fabijan et al., Diagnosing Sample Ratio Mismatch in Online Controlled
/// Experiments, KDD 2019). A small p says that units get lost or doubled on the way, and then no estimate is worth anything.
/// </summary>
internal static class SampleRatio
{
    /// <param name="observed">Units by arm.</param>
    /// <param name="weights">The split, in any unit; arms of weight 0 are left out.</param>
    /// <returns>The p-value; 1 when there is nothing to compare.</returns>
    public static double PValue(IReadOnlyList<long> observed, IReadOnlyList<double> weights)
    {
        var arms = observed.Zip(weights).Where(static arm => arm.Second > 0).ToArray();
        var (units, weight) = (arms.Sum(static arm => arm.First), arms.Sum(static arm => arm.Second));
        if (arms.Length < 2 || units == 0)
            return 1;
        var statistic = arms.Sum(arm => Math.Pow(arm.First - (units * arm.Second / weight), 2) / (units * arm.Second / weight));
        return statistic == 0 ? 1 : SpecialFunctions.GammaUpperRegularized((arms.Length - 1) / 2d, statistic / 2);
    }

    /// <summary>Fewer units than this in some arm, and the test says nothing (Cochran's rule).</summary>
    public static bool IsEnough(long units, IReadOnlyList<double> weights) => weights.Where(static weight => weight > 0).All(weight => units * weight / weights.Sum() >= 5);
}
