namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>Where a mixture reaches 1 / alpha: the sum that is never exceeded but for a probability of alpha.</summary>
internal static class MixtureBound
{
    private const int Halvings = 100;

    public static double Of(IMixture mixture, double variance, double alpha)
    {
        var level = -Math.Log(alpha);
        var (low, high) = (0.0, Math.Min(mixture.LargestSum(variance), Math.Max(variance, 1)));
        while (mixture.Log(high, variance) < level)
        {
            if (high >= mixture.LargestSum(variance))
                return high;
            (low, high) = (high, Math.Min(mixture.LargestSum(variance), 2 * high));
        }

        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = mixture.Log(middle, variance) < level ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }
}
