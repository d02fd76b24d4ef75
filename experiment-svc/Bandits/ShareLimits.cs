namespace Splitrail.ExperimentSvc.Bandits;

/// <summary>Moves wanted shares into the limits: all are raised or lowered by the same, and those at a limit stay there (a projection onto a bounded simplex).</summary>
internal static class ShareLimits
{
    /// <summary>Shares are whole millionths, so that they are stored and read as they are.</summary>
    private const int Units = 1_000_000;
    private const int Halvings = 60;

    /// <returns>Summing to 1 in millionths.</returns>
    public static double[] Nearest(IReadOnlyList<double> wanted, IReadOnlyList<double> present, BanditLimits limits)
    {
        // Who is below the least already may come up to it, however far that is.
        var bounds = present.Select(share => (
            Low: Math.Max(limits.Least, share - limits.Step),
            High: Math.Max(limits.Least, Math.Min(1 - ((present.Count - 1) * limits.Least), share + limits.Step)))).ToArray();
        var (low, high) = (-2.0, 2.0);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = At(middle).Sum() < 1 ? (middle, high) : (low, middle);
        }

        return Whole(At((low + high) / 2));

        double[] At(double raised) => [.. wanted.Select((share, arm) => Math.Clamp(share + raised, bounds[arm].Low, bounds[arm].High))];
    }

    /// <summary>Rounded by largest remainder, the first arm first among equals.</summary>
    private static double[] Whole(double[] shares)
    {
        var whole = Array.ConvertAll(shares, static share => (int)Math.Floor(share * Units));
        var order = Enumerable.Range(0, shares.Length).OrderByDescending(arm => (shares[arm] * Units) - whole[arm]).ThenBy(static arm => arm).ToArray();
        for (var (i, left) = (0, Units - whole.Sum()); left > 0; i++, left--)
            whole[order[i % order.Length]]++;
        return Array.ConvertAll(whole, static units => units / (double)Units);
    }
}
