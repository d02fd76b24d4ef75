using Splitrail.Randomness;

namespace Splitrail.Trainer.DemoShop;

internal static class WeightedChoice
{
    /// <summary>An index with probability in proportion to its step in the running sums; the last sum must be above 0.</summary>
    public static int Draw(ReadOnlySpan<double> runningSums, ref SplitMix64 random)
    {
        var target = random.NextDouble() * runningSums[^1];
        var (low, high) = (0, runningSums.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (runningSums[middle] > target) high = middle;
            else low = middle + 1;
        }
        return low;
    }
}
