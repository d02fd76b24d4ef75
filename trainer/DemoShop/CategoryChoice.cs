using Splitrail.Randomness;

namespace Splitrail.Trainer.DemoShop;

/// <summary>Which category, when nothing is known: the first of the range are the most visited, without one ruling the shop.</summary>
internal static class CategoryChoice
{
    private const double Offset = 6;
    private static readonly double[] Cumulative = Sum();

    public static int Draw(ref SplitMix64 random) => WeightedChoice.Draw(Cumulative, ref random);

    /// <summary>A category that goes with another: one of its neighbours in the range, two away at most.</summary>
    public static int DrawNeighbour(int category, ref SplitMix64 random)
    {
        var count = DemoCategory.All.Count;
        var step = random.NextInt(4);
        return (category + (step < 2 ? step - 2 : step - 1) + count) % count;
    }

    private static double[] Sum()
    {
        var sums = new double[DemoCategory.All.Count];
        var sum = 0.0;
        for (var i = 0; i < sums.Length; i++) sums[i] = sum += 1 / (i + Offset);
        return sums;
    }
}
