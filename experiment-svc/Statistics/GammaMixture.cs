using MathNet.Numerics;

namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// Sums with one heavy side, alternatives gamma distributed: sub-exponential ones, such as of revenue that is bounded below (Howard et al. 2021, proposition 9), and
/// sub-Poisson ones, such as of counts bounded above (proposition 10). One-sided.
/// </summary>
/// <param name="Rho">The mixture's precision in units of variance.</param>
/// <param name="Scale">c: of the heavy side, in the sum's unit, above 0.</param>
/// <param name="IsPoisson">Sub-Poisson.</param>
internal sealed record GammaMixture(double Rho, double Scale, bool IsPoisson) : IMixture
{
    /// <summary>Tight at this variance.</summary>
    public static GammaMixture TightestAt(double variance, double alpha, double scale, bool isPoisson) => new(NormalMixture.BestRho(variance, 2 * alpha), scale, isPoisson);

    public double Log(double sum, double variance)
    {
        var square = Scale * Scale;
        var (rho, all, moved) = (Rho / square, (variance + Rho) / square, ((Scale * sum) + variance + Rho) / square);
        // Both are a ratio of incomplete gamma functions, after and before the data.
        return IsPoisson
            ? LogGamma(moved, all, isUpper: true) - LogGamma(rho, rho, isUpper: true) + (rho * Math.Log(rho)) - (moved * Math.Log(all)) + (variance / square)
            : LogGamma(all, moved, isUpper: false) - LogGamma(rho, rho, isUpper: false) + (rho * Math.Log(rho)) - (all * Math.Log(moved)) + (moved - rho);
    }

    /// <summary>Logarithm of the incomplete gamma function, not regularised.</summary>
    private static double LogGamma(double shape, double x, bool isUpper) =>
        SpecialFunctions.GammaLn(shape) + Math.Log(isUpper ? SpecialFunctions.GammaUpperRegularized(shape, x) : SpecialFunctions.GammaLowerRegularized(shape, x));
}
