using MathNet.Numerics;

namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// Sample ratio mismatch that may be looked at after every user and survives edits of the split: Bayes factors of mismatches against the split (Lindon and Malek,
/// Anytime-Valid Inference for Multinomial Count Data, NeurIPS 2022). Each is a martingale when the split is kept, so their mixture ever exceeds 1 / alpha with a probability
/// of alpha at most (Ville 1939). Each epoch is held against its own split, and a mismatch is followed through all of them.
/// </summary>
internal static class SampleRatioEpochs
{
    /// <summary>The leak that is looked for first: an arm that loses a 25th of its users, 51/49 instead of 50/50, or has as many twice.</summary>
    private const double Leak = 0.04;

    /// <summary>The part of the mixture for that leak; the rest is for any other, spread over a Dirichlet prior with this weight in users.</summary>
    private const double LeakShare = 0.8;
    private const double Concentration = 1000;

    /// <param name="epochs">Users by arm, the arms in the same order in each, and the split in any unit. An arm of weight 0 is left out of that epoch.</param>
    /// <returns>Valid at any time; 1 when nothing was counted.</returns>
    public static double PValue(IReadOnlyList<(IReadOnlyList<long> Users, IReadOnlyList<double> Weights)> epochs) => Math.Exp(-Math.Max(0, LogFactor(epochs)));

    /// <summary>Logarithm of the mixture of Bayes factors for a mismatch.</summary>
    public static double LogFactor(IReadOnlyList<(IReadOnlyList<long> Users, IReadOnlyList<double> Weights)> epochs)
    {
        var counted = epochs.Select(static epoch => Shares(epoch.Users, epoch.Weights)).ToArray();
        var arms = counted.Length == 0 ? 0 : counted.Max(static epoch => epoch.Length);
        if (arms < 2)
            return 0;
        var logs = new List<double> { Math.Log(1 - LeakShare) + counted.Sum(Spread) };
        var each = Math.Log(LeakShare / (2 * arms));
        for (var arm = 0; arm < arms; arm++)
        {
            logs.Add(each + counted.Sum(epoch => Leaking(epoch, arm, 1 - Leak)));
            logs.Add(each + counted.Sum(epoch => Leaking(epoch, arm, 1 / (1 - Leak))));
        }

        var largest = logs.Max();
        return largest + Math.Log(logs.Sum(log => Math.Exp(log - largest)));
    }

    private static (long Users, double Share)[] Shares(IReadOnlyList<long> users, IReadOnlyList<double> weights)
    {
        if (users.Count != weights.Count)
            throw new ArgumentException($"{users.Count} arms with users but {weights.Count} weights");
        var total = weights.Sum();
        return [.. users.Zip(weights, (count, weight) => weight > 0 ? (count, weight / total) : (0, 0.0))];
    }

    /// <summary>Of one arm having this factor of the users it should have.</summary>
    private static double Leaking((long Users, double Share)[] epoch, int arm, double factor) => arm >= epoch.Length || epoch[arm].Share == 0
        ? 0
        : (epoch[arm].Users * Math.Log(factor)) - (epoch.Sum(static one => one.Users) * Math.Log(1 + ((factor - 1) * epoch[arm].Share)));

    private static double Spread((long Users, double Share)[] epoch)
    {
        var log = -Rising(Concentration, epoch.Sum(static arm => arm.Users));
        foreach (var (users, share) in epoch.Where(static arm => arm.Share > 0))
            log += Rising(Concentration * share, users) - (users * Math.Log(share));
        return log;
    }

    /// <summary>ln Γ(a + n) - ln Γ(a).</summary>
    private static double Rising(double a, long n) => n == 0 ? 0 : SpecialFunctions.GammaLn(a + n) - SpecialFunctions.GammaLn(a);
}
