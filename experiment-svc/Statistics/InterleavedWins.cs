namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// Users who preferred one of two interleaved rankings, by which team got more of their clicks (Chapelle, Joachims, Radlinski and Yue, Large-scale validation and analysis of
/// interleaved search evaluation, ACM TOIS 2012). A user counts once, however many lists he saw.
/// </summary>
/// <param name="One">Users with more clicks on the first ranking's team.</param>
/// <param name="Other">On the other's.</param>
/// <param name="Ties">With as many on both, or none; they say nothing about the direction.</param>
internal readonly record struct InterleavedWins(long One, long Other, long Ties)
{
    public long Decided => One + Other;

    /// <summary>Part of all users who preferred the first less those who preferred the other: - 1 to 1.</summary>
    public double Preference => Decided + Ties == 0 ? 0 : (double)(One - Other) / (Decided + Ties);

    /// <summary>Of the first one's part of the decided users.</summary>
    public Finding<Interval> Interval(double alpha) => Decided == 0 ? NotYet.NoUsers : new Share(One, Decided).Wilson(alpha);

    /// <summary>Two-sided, exact (the sign test); right when looked at once.</summary>
    public double PValue
    {
        get
        {
            var (most, least) = (Math.Max(One, Other), Math.Min(One, Other));
            // P(X ≥ most) of the binomial with a half.
            return most == least ? 1 : Math.Min(1, 2 * Tails.BetaCdf(most, least + 1, 0.5));
        }
    }

    /// <summary>The first one loses beyond doubt, however often it is looked at: errs with a probability of <paramref name="alpha"/>.</summary>
    public bool IsOneWorse(double alpha) => RateRatioSequence.LogEvidenceBelow([new RatePair(One, Decided, Other, Decided)], 1) >= -Math.Log(alpha);

    /// <summary>A user's sum over his lists.</summary>
    /// <param name="clicks">Clicks on the first team and on the other, by list.</param>
    /// <returns>1 when the first has more, - 1 when the other has, 0 for a tie.</returns>
    public static int Winner(IEnumerable<(int One, int Other)> clicks) => Math.Sign(clicks.Sum(static list => Math.Sign(list.One - list.Other)));
}
