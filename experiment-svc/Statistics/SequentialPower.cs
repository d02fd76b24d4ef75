namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// What a group-sequential test finds, and after how much information (Jennison and Turnbull, Group Sequential Methods, 1999, chapter 2.3), by the same integration as its boundaries.
/// </summary>
/// <param name="Found">Chance to cross the upper boundary at some look.</param>
/// <param name="Wrong">Chance to cross the lower one.</param>
/// <param name="ExpectedInformation">At the end, in parts of the planned.</param>
internal readonly record struct SequentialPower(double Found, double Wrong, double ExpectedInformation)
{
    /// <param name="information">Of each look, ascending; 1 is the planned.</param>
    /// <param name="bounds">Critical |z| of each look.</param>
    /// <param name="drift">Expected z at information 1: the effect over its standard error there.</param>
    public static SequentialPower Of(IReadOnlyList<double> information, IReadOnlyList<double> bounds, double drift)
    {
        var (walk, found, wrong, expected, still, before) = (new StoppedWalk(drift), 0.0, 0.0, 0.0, 1.0, 0.0);
        for (var look = 0; look < bounds.Count; look++)
        {
            walk.MoveTo(information[look]);
            expected += still * (information[look] - before);
            before = information[look];
            var below = walk.Below(bounds[look]);
            var above = walk.Stop(bounds[look]);
            (found, wrong, still) = (found + above, wrong + below, still - above - below);
        }

        return new SequentialPower(found, wrong, expected);
    }

    /// <summary>
    /// How many times the users of the fixed test a test with these looks needs, at most, for the same power.
    /// </summary>
    public static double Inflation(IReadOnlyList<double> information, IReadOnlyList<double> bounds, double alpha, double power)
    {
        var fixedDrift = Tails.NormalQuantile(power) - Tails.NormalQuantile(alpha / 2);
        var (low, high) = (0.9, 4.0);
        while (high - low > 1e-9)
        {
            var middle = (low + high) / 2;
            (low, high) = Of(information, bounds, fixedDrift * Math.Sqrt(middle)).Found < power ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }
}
