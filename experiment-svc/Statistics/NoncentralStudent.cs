using MathNet.Numerics;

namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// Student's t with a shifted numerator, by Simpson's rule over its denominator's distribution (Owen, A special case of a bivariate non-central t-distribution,
/// Biometrika 1965): P((Z + shift) / S > t) = E[Φ(shift - t S)], S² being chi-square over its degrees of freedom.
/// </summary>
internal static class NoncentralStudent
{
    private const int Intervals = 400;
    private const double Reach = 10;
    private const double NormalFromHere = 1e9;

    public static double Upper(double t, double freedom, double shift)
    {
        if (freedom > NormalFromHere)
            return Tails.NormalUpper(t - shift);
        // S is near 1 with a deviation of 1 / √(2 freedom); ln S is nearly normal and has no end at 0.
        var deviation = 1 / Math.Sqrt(2 * freedom);
        var (low, width, sum) = (-Reach * deviation * Wide(freedom), 2 * Reach * deviation * Wide(freedom) / Intervals, 0.0);
        for (var i = 0; i <= Intervals; i++)
        {
            var log = low + (i * width);
            sum += (i == 0 || i == Intervals ? 1 : i % 2 == 1 ? 4 : 2) * Density(log, freedom) * Tails.NormalUpper((t * Math.Exp(log)) - shift);
        }

        return sum * width / 3;
    }

    /// <summary>At few degrees of freedom the lower tail of ln S is long.</summary>
    private static double Wide(double freedom) => freedom < 30 ? 3 : 1;

    /// <summary>Of ln S: 2 (f/2)^(f/2) / Γ(f/2) · exp(f ln S - f S² / 2), written around S = 1 so that large f do not overflow.</summary>
    private static double Density(double log, double freedom)
    {
        var half = freedom / 2;
        return Math.Exp((half * ((2 * log) - Tails.ExpMinusOne(2 * log))) - Constant(half));
    }

    /// <summary>ln Γ(h) - h ln h + h - ln 2, by Stirling's series where the logarithms would cancel.</summary>
    private static double Constant(double half)
    {
        if (half < 15)
            return SpecialFunctions.GammaLn(half) - (half * Math.Log(half)) + half - Constants.Ln2;
        var square = half * half;
        var error = ((1.0 / 12) - (((1.0 / 360) - (((1.0 / 1260) - (1.0 / 1680 / square)) / square)) / square)) / half;
        return error + Constants.LogSqrt2Pi - (Math.Log(half) / 2) - Constants.Ln2;
    }
}
