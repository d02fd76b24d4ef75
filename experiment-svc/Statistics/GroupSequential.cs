namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// Boundaries of a two-sided symmetric group-sequential test, by recursive numerical integration of the density of the score among those who went on
/// (Armitage, McPherson and Rowe, Repeated Significance Tests on Accumulating Data, JRSS A 1969; the grid of Jennison and Turnbull, Group Sequential Methods, 1999, chapter 19).
/// The score after information t is a Brownian motion B(t), z = B(t) / √t.
/// </summary>
internal static class GroupSequential
{
    /// <summary>No boundary is above this: there is nothing beyond.</summary>
    public const double NoBound = 38;

    /// <summary>Critical |z| at each look.</summary>
    /// <param name="information">Ascending parts of the planned information, above 0; the last may stay below 1.</param>
    /// <param name="alpha">Of the whole test, both sides.</param>
    /// <param name="spending">How alpha is spent.</param>
    /// <param name="truncate">Boundaries above this are cut to it, as some tables are.</param>
    public static double[] Boundaries(IReadOnlyList<double> information, double alpha, AlphaSpending spending, double truncate = NoBound) =>
        Boundaries(information, [.. information.Select(part => spending.Spent(Math.Min(1, part), alpha))], truncate);

    /// <param name="information">As above.</param>
    /// <param name="spent">Alpha that may be spent by each look, both sides, rising.</param>
    /// <param name="truncate">As above.</param>
    public static double[] Boundaries(IReadOnlyList<double> information, IReadOnlyList<double> spent, double truncate = NoBound)
    {
        Check(information);
        var (walk, bounds, crossed) = (new StoppedWalk(), new double[information.Count], 0.0);
        for (var look = 0; look < bounds.Length; look++)
        {
            walk.MoveTo(information[look]);
            bounds[look] = Math.Min(truncate, walk.BoundFor(Math.Max(0, spent[look] - crossed) / 2));
            // What a cut boundary could not spend is left for later looks.
            crossed += 2 * walk.Stop(bounds[look]);
        }

        return bounds;
    }

    /// <summary>The constant c of boundaries c · shape(look) that spend alpha over equal looks: 1 for Pocock's, √(K / k) for O'Brien and Fleming's.</summary>
    public static double Constant(int looks, double alpha, Func<int, double> shape)
    {
        var (low, high) = (0.5, 10.0);
        for (var i = 0; i < 40; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Crossing(looks, k => middle * shape(k)) > alpha ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>Chance to cross either side at some look without an effect.</summary>
    private static double Crossing(int looks, Func<int, double> bound)
    {
        var (walk, crossed) = (new StoppedWalk(), 0.0);
        for (var look = 1; look <= looks; look++)
        {
            walk.MoveTo((double)look / looks);
            crossed += 2 * walk.Stop(bound(look));
        }

        return crossed;
    }

    private static void Check(IReadOnlyList<double> information)
    {
        for (var look = 0; look < information.Count; look++)
        {
            if (!(information[look] > (look == 0 ? 0 : information[look - 1])))
                throw new ArgumentException($"information {information[look]} at look {look + 1}: it must be above 0 and grow", nameof(information));
        }
    }
}
