namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// Chance to win and expected loss of rates with Beta posteriors, by numerical integration over the rate (Stucchio, Bayesian A/B Testing at VWO, 2015; Russo, Simple
/// Bayesian Algorithms for Best Arm Identification, COLT 2016). A view of the same sums for those who want it; decisions do not use it.
/// </summary>
/// <param name="A">Successes and the prior's.</param>
/// <param name="B">Failures and the prior's.</param>
internal readonly record struct BetaBinomial(double A, double B)
{
    private const int Intervals = 2000;
    private const double Reach = 12;

    public double Mean => A / (A + B);

    private double Deviation => Math.Sqrt(A * B / (A + B + 1)) / (A + B);

    /// <summary>The posterior after these counts, with a prior of Beta(a, b).</summary>
    public static BetaBinomial Of(Share share, double priorA = 1, double priorB = 1) => new(share.Successes + priorA, share.Units - share.Successes + priorB);

    /// <summary>P(this rate > the other).</summary>
    public double Beats(BetaBinomial other) => Integrate([this, other], 0, x => Tails.BetaCdf(other.A, other.B, x));

    /// <summary>E[max(other - this, 0)]: what choosing this costs, in rate.</summary>
    public double LossAgainst(BetaBinomial other)
    {
        // E[(Y - X)+] = E[Y; Y > X] - E[X; Y > X], and x · density is a mean times the density of a larger A.
        var (raised, otherRaised) = (this with { A = A + 1 }, other with { A = other.A + 1 });
        return (other.Mean * otherRaised.Beats(this)) - (Mean * (1 - raised.Beats(other)));
    }

    /// <summary>P(each is the best of all), summing to 1.</summary>
    public static double[] ChanceToBeBest(IReadOnlyList<BetaBinomial> arms)
    {
        var chances = Enumerable.Range(0, arms.Count).Select(i => Integrate(arms, i, x => OthersBelow(arms, i, x))).ToArray();
        var sum = chances.Sum();
        return [.. chances.Select(chance => chance / sum)];
    }

    /// <summary>Shares of top-two sampling (Russo 2016): a best one is followed half of the time by the best of the others.</summary>
    public static double[] TopTwo(IReadOnlyList<double> best) =>
        [.. best.Select((own, i) => own * (0.5 + (0.5 * best.Where((_, j) => j != i).Sum(static other => other / (1 - other)))))];

    private static double OthersBelow(IReadOnlyList<BetaBinomial> arms, int except, double x)
    {
        var product = 1.0;
        for (var j = 0; j < arms.Count; j++)
            product *= j == except ? 1 : Tails.BetaCdf(arms[j].A, arms[j].B, x);
        return product;
    }

    /// <summary>E[f(X)] under one arm's posterior, by Simpson's rule in the logit, whose density falls off at both ends whatever A and B.</summary>
    private static double Integrate(IReadOnlyList<BetaBinomial> arms, int arm, Func<double, double> function)
    {
        var one = arms[arm];
        var middle = Math.Log(one.A / one.B);
        var spread = Math.Min(6, one.Deviation / (one.Mean * (1 - one.Mean)));
        // The lower tail of a logit falls like exp(A · logit): long when A is small.
        var (low, high) = (middle - Math.Max(Reach * spread, 40 / one.A), middle + Math.Max(Reach * spread, 40 / one.B));
        (low, high) = (Math.Max(low, middle - (Reach * spread * 4)), Math.Min(high, middle + (Reach * spread * 4)));
        var (width, sum) = ((high - low) / Intervals, 0.0);
        for (var i = 0; i <= Intervals; i++)
        {
            var logit = low + (i * width);
            var (x, y) = (1 / (1 + Math.Exp(-logit)), 1 / (1 + Math.Exp(logit)));
            sum += (i == 0 || i == Intervals ? 1 : i % 2 == 1 ? 4 : 2) * IncompleteBeta.Power(one.A, one.B, x, y) * function(x);
        }

        return sum * width / 3;
    }
}
