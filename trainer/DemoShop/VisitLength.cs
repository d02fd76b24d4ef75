using Splitrail.Randomness;

namespace Splitrail.Trainer.DemoShop;

/// <summary>How many items a visit looks at (geometric), and how many visits a user pays (long-tailed).</summary>
internal static class VisitLength
{
    private const int MostLooks = 40;
    private const int MostVisits = 60;

    /// <param name="goOn">Chance of looking at one more.</param>
    /// <param name="random">The shopper's stream.</param>
    public static int DrawLooks(double goOn, ref SplitMix64 random)
    {
        var looks = 1;
        while (looks < MostLooks && random.NextDouble() < goOn) looks++;
        return looks;
    }

    /// <summary>1 and more, with P(n visits or more) falling like 1/n.</summary>
    public static int DrawVisits(double tail, ref SplitMix64 random) => 1 + Math.Min(MostVisits, (int)(tail * ((1 / (1 - random.NextDouble())) - 1)));
}
