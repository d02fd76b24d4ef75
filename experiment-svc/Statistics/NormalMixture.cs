namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>Sub-Gaussian sums, alternatives normal around 0 (both sides) or half normal above it (Howard et al. 2021, propositions 4 and 5; Robbins 1970).</summary>
/// <param name="Rho">The mixture's precision in units of variance.</param>
/// <param name="IsOneSided">Only sums above 0 count.</param>
internal sealed record NormalMixture(double Rho, bool IsOneSided) : IMixture
{
    /// <summary>The mixture whose bound is tightest at this variance.</summary>
    public static NormalMixture TightestAt(double variance, double alpha, bool isOneSided) => new(BestRho(variance, isOneSided ? 2 * alpha : alpha), isOneSided);

    /// <summary>Two-sided; a one-sided mixture takes that of twice its alpha.</summary>
    public static double BestRho(double variance, double alpha)
    {
        var log = -2 * Math.Log(alpha);
        return variance / (log + Math.Log(1 + log));
    }

    public double Log(double sum, double variance)
    {
        var all = variance + Rho;
        var both = (Math.Log(Rho / all) / 2) + (sum * sum / (2 * all));
        return IsOneSided ? both + Math.Log(2 * Tails.NormalCdf(sum / Math.Sqrt(all))) : both;
    }
}
