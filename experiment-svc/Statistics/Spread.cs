using MathNet.Numerics;

namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>How widely impressions are spread over kinds: over items (coverage) or categories (entropy).</summary>
internal static class Spread
{
    /// <summary>
    /// Different kinds that are expected among <paramref name="drawn"/> of the impressions, drawn without putting back: an arm with nine times the users shows more items whatever it recommends, so arms are
    /// compared at as many impressions as the smallest has (rarefaction: Hurlbert, The nonconcept of species diversity, Ecology 1971).
    /// </summary>
    /// <param name="counts">Impressions of each kind, none below 1.</param>
    /// <param name="drawn">From 0 to their sum.</param>
    public static double ExpectedKinds(IReadOnlyCollection<long> counts, long drawn)
    {
        var all = counts.Sum();
        if (drawn < 0 || drawn > all)
            throw new ArgumentOutOfRangeException(nameof(drawn), drawn, $"of {all} impressions");
        // Many kinds have the same count, and each count needs its logarithms once.
        return drawn == 0 ? 0 : counts.GroupBy(static count => count).Sum(same => same.Count() * (1 - ChanceOfNone(all, same.Key, drawn)));
    }

    /// <summary>Shannon's entropy of the shares in bits (A mathematical theory of communication, 1948); 0 for one kind or none.</summary>
    public static double Entropy(IReadOnlyCollection<long> counts)
    {
        double all = counts.Sum();
        return Math.Max(0, counts.Where(static count => count > 0).Sum(count => -(count / all) * Math.Log2(count / all)));
    }

    /// <summary>So many equally frequent kinds have that entropy (Hill, Diversity and evenness, Ecology 1973).</summary>
    public static double EffectiveKinds(double entropy) => Math.Pow(2, entropy);

    /// <summary>Hypergeometric: none of <paramref name="count"/> among those drawn.</summary>
    private static double ChanceOfNone(long all, long count, long drawn) => all - count < drawn
        ? 0
        : Math.Exp(LogFactorial(all - count) + LogFactorial(all - drawn) - LogFactorial(all - count - drawn) - LogFactorial(all));

    private static double LogFactorial(double n) => SpecialFunctions.GammaLn(n + 1);
}
