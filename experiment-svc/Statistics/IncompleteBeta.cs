using MathNet.Numerics;

namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// The regularised incomplete beta function: the continued fraction (Didonato and Morris, Algorithm 708, ACM TOMS 1992, section 4) with the power in front of it
/// computed from deviances (Loader, Fast and Accurate Computation of Binomial Probabilities, 2000), because logarithms of gamma lose six digits at 10⁵.
/// </summary>
internal static class IncompleteBeta
{
    private const int MaxTerms = 100_000;
    private const double LargeEnoughForStirling = 15;

    /// <summary>I_x(a, b), with y = 1 - x given beside x so that neither is rounded.</summary>
    public static double Lower(double a, double b, double x, double y)
    {
        if (x <= 0)
            return 0;
        if (y <= 0)
            return 1;
        var power = Power(a, b, x, y);
        return (a + b) * y >= b ? power * Fraction(a, b, x, y) : 1 - (power * Fraction(b, a, y, x));
    }

    /// <summary>xᵃ yᵇ / B(a, b).</summary>
    public static double Power(double a, double b, double x, double y)
    {
        var n = a + b;
        var log = StirlingError(n) - StirlingError(a) - StirlingError(b) - Deviance(a, n * x) - Deviance(b, n * y);
        return a * b / n * Math.Exp(log) * Math.Sqrt(n / (2 * Math.PI * a * b));
    }

    /// <summary>ln Γ(n + 1) - [(n + 1/2) ln n - n + ln √(2π)].</summary>
    private static double StirlingError(double n)
    {
        if (n <= LargeEnoughForStirling)
            return SpecialFunctions.GammaLn(n + 1) - ((n + 0.5) * Math.Log(n)) + n - Constants.LogSqrt2Pi;
        var square = n * n;
        return ((1.0 / 12) - (((1.0 / 360) - (((1.0 / 1260) - (((1.0 / 1680) - (((1.0 / 1188) - (691.0 / 360360 / square)) / square)) / square)) / square)) / square)) / n;
    }

    /// <summary>x ln(x / mean) + mean - x, without cancellation near the mean.</summary>
    private static double Deviance(double x, double mean)
    {
        if (Math.Abs(x - mean) >= 0.1 * (x + mean))
            return (x * Math.Log(x / mean)) + mean - x;
        var v = (x - mean) / (x + mean);
        var sum = (x - mean) * v;
        var term = 2 * x * v;
        for (var j = 3; ; j += 2)
        {
            term *= v * v;
            var next = sum + (term / j);
            if (next == sum)
                return sum;
            sum = next;
        }
    }

    /// <summary>I_x(a, b) divided by the power, for x below the mean a / (a + b), where it is stable.</summary>
    private static double Fraction(double a, double b, double x, double y)
    {
        var c = 1 + (((a + b) * y) - b);
        var (ratio, first) = (b / a, 1 + (1 / a));
        var (p, s) = (1.0, a + 1);
        double before = 0, beforeBelow = 1, now = 1, nowBelow = c / first, r = first / c;
        for (var n = 1; n < MaxTerms; n++)
        {
            var t = n / a;
            var w = n * (b - n) * x;
            var e = a / s;
            var alpha = p * (p + ratio) * e * e * w * x;
            var beta = n + (w / s) + ((t + 1) / (first + t + t) * (c + (n * (y + 1))));
            (p, s) = (1 + t, s + 2);
            (before, now) = (now, (alpha * before) + (beta * now));
            (beforeBelow, nowBelow) = (nowBelow, (alpha * beforeBelow) + (beta * nowBelow));
            var last = r;
            r = now / nowBelow;
            if (Math.Abs(r - last) <= 1e-16 * r)
                break;
            (before, beforeBelow, now, nowBelow) = (before / nowBelow, beforeBelow / nowBelow, r, 1);
        }

        return r;
    }
}
