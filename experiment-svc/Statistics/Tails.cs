using MathNet.Numerics;

namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// Tail probabilities and quantiles to a relative 10⁻¹², far tails included. MathNet has them all; where its own lose digits (its Student t and beta at
/// large parameters, whose logarithms of gamma cancel) they are computed here.
/// </summary>
internal static class Tails
{
    private const int MaxSteps = 200;

    public static double NormalCdf(double z) => SpecialFunctions.Erfc(-z / Constants.Sqrt2) / 2;

    public static double NormalUpper(double z) => NormalCdf(-z);

    public static double NormalDensity(double z) => Math.Exp(-z * z / 2) / Constants.Sqrt2Pi;

    /// <param name="p">Probability below, within (0, 1).</param>
    public static double NormalQuantile(double p)
    {
        if (p > 0.5)
            return -NormalQuantile(1 - p);
        var z = -Constants.Sqrt2 * SpecialFunctions.ErfcInv(2 * p);
        // One step of Newton on the logarithm, which is nearly a parabola in the tail.
        var below = NormalCdf(z);
        return below > 0 ? z - (Math.Log(below / p) * below / NormalDensity(z)) : z;
    }

    /// <summary>P(X > x) of the chi-square distribution.</summary>
    public static double ChiSquareUpper(double x, double freedom) => x <= 0 ? 1 : SpecialFunctions.GammaUpperRegularized(freedom / 2, x / 2);

    /// <summary>P(T > t) of Student's t distribution.</summary>
    public static double StudentUpper(double t, double freedom)
    {
        var square = t * t;
        var half = IncompleteBeta.Lower(freedom / 2, 0.5, freedom / (freedom + square), square / (freedom + square)) / 2;
        return t >= 0 ? half : 1 - half;
    }

    /// <param name="p">Probability below, within (0, 1).</param>
    /// <param name="freedom">Degrees of freedom, above 0.</param>
    public static double StudentQuantile(double p, double freedom)
    {
        if (p > 0.5)
            return -StudentQuantile(1 - p, freedom);
        if (p == 0.5)
            return 0;
        var (low, high) = (0.0, Math.Max(1, -NormalQuantile(p)));
        while (StudentUpper(high, freedom) > p)
            (low, high) = (high, 2 * high);
        return -Solve(t => StudentUpper(t, freedom) - p, t => -StudentDensity(t, freedom), low, high);
    }

    /// <summary>P(X ≤ x) of the beta distribution.</summary>
    public static double BetaCdf(double a, double b, double x) => IncompleteBeta.Lower(a, b, x, 1 - x);

    /// <param name="p">Probability below, within (0, 1).</param>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    public static double BetaQuantile(double p, double a, double b) => Solve(x => BetaCdf(a, b, x) - p, x => IncompleteBeta.Power(a, b, x, 1 - x) / (x * (1 - x)), 0, 1);

    /// <summary>eˣ - 1; MathNet's loses six digits near 0.05.</summary>
    public static double ExpMinusOne(double x) => 2 * Math.Exp(x / 2) * Math.Sinh(x / 2);

    /// <summary>ln(1 + x) by Kahan's trick: the error of 1 + x cancels.</summary>
    public static double LogOnePlus(double x) => 1 + x == 1 ? x : Math.Log(1 + x) * (x / (1 + x - 1));

    private static double StudentDensity(double t, double freedom)
    {
        var square = t * t;
        return t == 0 ? 0 : IncompleteBeta.Power(freedom / 2, 0.5, freedom / (freedom + square), square / (freedom + square)) / Math.Abs(t);
    }

    /// <summary>Newton's method, kept within a bracket by halving it.</summary>
    private static double Solve(Func<double, double> function, Func<double, double> slope, double low, double high)
    {
        var (atLow, x) = (Math.Sign(function(low)), (low + high) / 2);
        for (var step = 0; step < MaxSteps; step++)
        {
            var value = function(x);
            if (value == 0)
                break;
            if (Math.Sign(value) == atLow)
                low = x;
            else
                high = x;
            var next = x - (value / slope(x));
            if (!(next > low && next < high))
                next = (low + high) / 2;
            if (Math.Abs(next - x) <= 1e-15 * Math.Abs(next))
                return next;
            x = next;
        }

        return x;
    }
}
