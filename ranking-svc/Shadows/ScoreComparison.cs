namespace Splitrail.RankingSvc.Shadows;

/// <summary>How two models score the same candidates.</summary>
/// <param name="RankCorrelation">Spearman's: 1 the same order, 0 none in common, -1 the reverse. 0 when one of them scores all alike.</param>
/// <param name="MeanDifference">Mean of the second's scores minus the first's.</param>
/// <param name="TopOverlap">Share of the ten best (or of all, when there are fewer) that both have.</param>
internal readonly record struct ScoreComparison(double RankCorrelation, double MeanDifference, double TopOverlap)
{
    private const int Top = 10;

    /// <param name="first">At least one score.</param>
    /// <param name="second">As many.</param>
    public static ScoreComparison Of(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        ArgumentOutOfRangeException.ThrowIfZero(first.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Length, first.Length);
        var difference = 0.0;
        for (var i = 0; i < first.Length; i++)
            difference += second[i] - first[i];
        return new(Correlation(Ranks(first), Ranks(second)), difference / first.Length, Overlap(first, second));
    }

    /// <summary>Ranks from 1, equals share the mean of theirs (Kendall 1945).</summary>
    private static double[] Ranks(ReadOnlySpan<float> scores)
    {
        var sorted = scores.ToArray();
        var places = Enumerable.Range(0, sorted.Length).ToArray();
        Array.Sort(sorted, places);
        var ranks = new double[sorted.Length];
        for (var from = 0; from < sorted.Length;)
        {
            var to = from + 1;
            while (to < sorted.Length && sorted[to] == sorted[from])
                to++;
            for (var i = from; i < to; i++)
                ranks[places[i]] = (from + to + 1) / 2.0;
            from = to;
        }

        return ranks;
    }

    private static double Correlation(double[] first, double[] second)
    {
        var mean = (first.Length + 1) / 2.0;
        var (both, one, other) = (0.0, 0.0, 0.0);
        for (var i = 0; i < first.Length; i++)
        {
            both += (first[i] - mean) * (second[i] - mean);
            one += (first[i] - mean) * (first[i] - mean);
            other += (second[i] - mean) * (second[i] - mean);
        }

        return one == 0 || other == 0 ? 0 : both / Math.Sqrt(one * other);
    }

    private static double Overlap(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        var best = Best(first);
        return best.Intersect(Best(second)).Count() / (double)best.Length;
    }

    private static int[] Best(ReadOnlySpan<float> scores)
    {
        var copy = scores.ToArray();
        return [.. Enumerable.Range(0, copy.Length).OrderByDescending(place => copy[place]).Take(Top)];
    }
}
