namespace Splitrail.Tests.Unit.ExperimentSvc.Statistics;

/// <summary>
/// A root by interpolation that falls back to halving (Brent, Algorithms for Minimization without Derivatives, 1973, chapter 4), with the stopping rule that scipy has: half of the tolerance. Where it
/// stops depends on its path, so that a reference that was made with a coarse tolerance can be held to more digits than it has.
/// </summary>
internal static class BrentSearch
{
    private const double Relative = 8.881784197001252e-16;

    /// <param name="function">With different signs at both ends.</param>
    /// <param name="low">An end.</param>
    /// <param name="high">The other.</param>
    /// <param name="tolerance">Absolute.</param>
    public static double Root(Func<double, double> function, double low, double high, double tolerance)
    {
        var (before, now) = (At(low), At(high));
        var (across, last, step) = (before, high - low, high - low);
        while (true)
        {
            if (Math.Sign(before.Y) != Math.Sign(now.Y))
                (across, last, step) = (before, now.X - before.X, now.X - before.X);
            if (Math.Abs(across.Y) < Math.Abs(now.Y))
                (before, now, across) = (now, across, now);
            var (least, half) = ((tolerance + (Relative * Math.Abs(now.X))) / 2, (across.X - now.X) / 2);
            if (now.Y == 0 || Math.Abs(half) < least)
                return now.X;
            (last, step) = Step(before, now, across, last, step, least, half);
            before = now;
            now = At(now.X + (Math.Abs(step) > least ? step : Math.CopySign(least, half)));
        }

        (double X, double Y) At(double x) => (x, function(x));
    }

    private static (double Last, double Step) Step(
        (double X, double Y) before, (double X, double Y) now, (double X, double Y) across, double last, double step, double least, double half)
    {
        if (Math.Abs(last) <= least || Math.Abs(now.Y) >= Math.Abs(before.Y))
            return (half, half);
        var tried = before.X == across.X ? Secant() : InverseQuadratic();
        return 2 * Math.Abs(tried) < Math.Min(Math.Abs(last), (3 * Math.Abs(half)) - least) ? (step, tried) : (half, half);

        double Secant() => -now.Y * (now.X - before.X) / (now.Y - before.Y);

        double InverseQuadratic()
        {
            var (one, other) = ((before.Y - now.Y) / (before.X - now.X), (across.Y - now.Y) / (across.X - now.X));
            return -now.Y * ((across.Y * other) - (before.Y * one)) / (other * one * (across.Y - before.Y));
        }
    }
}
