namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>A rate's exact confidence sequence: right at all times, at few units and at rates near 0, where the asymptotic one is not (Howard et al. 2021, section 3.2).</summary>
internal static class RateSequence
{
    private const int Halvings = 60;

    /// <param name="share">So far; at least one unit.</param>
    /// <param name="alpha">Of ever missing the rate.</param>
    /// <param name="tightestAt">Units at which the interval is to be tight for an alpha of 5 %.</param>
    public static Finding<Interval> Of(Share share, double alpha, double tightestAt)
    {
        if (share.Units == 0)
            return NotYet.NoUsers;
        return new Interval(
            share.Successes == 0 ? 0 : Edge(0, share.Value),
            share.Successes == share.Units ? 1 : Edge(1, share.Value));

        double Edge(double outside, double inside)
        {
            for (var i = 0; i < Halvings; i++)
            {
                var middle = (outside + inside) / 2;
                (outside, inside) = LogRatio(share, middle, tightestAt) > -Math.Log(alpha) ? (middle, inside) : (outside, middle);
            }

            return (outside + inside) / 2;
        }
    }

    private static double LogRatio(Share share, double rate, double tightestAt)
    {
        var variance = rate * (1 - rate);
        return new BetaBinomialMixture(variance * tightestAt, 0.05, rate, 1 - rate, isOneSided: false).Log((share.Value - rate) * share.Units, variance * share.Units);
    }
}
