using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.ExperimentSvc.Inference;

/// <summary>
/// The relative change's interval as all changes that the test of a margin does not refuse (Fieller, Some problems in interval estimation, JRSS B 1954), skewness included: where the
/// control's mean is uncertain by a tenth, the delta method's line is no longer straight enough.
/// </summary>
internal static class LiftInterval
{
    private const int Halvings = 50;
    private const double Farthest = 1e3;

    private static readonly double[] s_milestones = [-1, 0];

    /// <param name="pair">Over all epochs.</param>
    /// <param name="lift">By the delta method: where the search begins.</param>
    /// <param name="critical">Of |z|.</param>
    /// <returns>An end that the control's uncertainty leaves open is null.</returns>
    public static Bounded Of(ArmPair pair, Effect lift, double critical) => new(lift.Value, Edge(pair, lift, -1, critical), Edge(pair, lift, 1, critical));

    private static double? Edge(ArmPair pair, Effect lift, int side, double critical)
    {
        var (inside, step) = (lift.Value, critical * lift.StandardError);
        var outside = inside + (side * step);
        // Where the control may be 0 what is refused lies between two open ends, and a step as wide as its uncertainty goes over it: no change, and nothing left, are asked about first.
        foreach (var milestone in s_milestones.Where(change => side * (change - inside) > 0 && side * (outside - change) > 0 && IsRefused(pair, change, side, critical)))
            outside = milestone;
        while (!IsRefused(pair, outside, side, critical))
        {
            if (step > Farthest)
                return null;
            (inside, step) = (outside, 2 * step);
            outside = inside + (side * step);
        }

        for (var i = 0; i < Halvings; i++)
        {
            var middle = (inside + outside) / 2;
            (inside, outside) = IsRefused(pair, middle, side, critical) ? (inside, middle) : (middle, outside);
        }

        return (inside + outside) / 2;
    }

    /// <summary>Whether the change is less, or more, than what may be true.</summary>
    private static bool IsRefused(ArmPair pair, double change, int side, double critical) =>
        MarginTest.Of(pair, MetricDirection.Up, -change).TryGet(out var test) && (-side * test.Z) >= critical;
}
