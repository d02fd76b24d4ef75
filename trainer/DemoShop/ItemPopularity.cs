using Splitrail.Randomness;

namespace Splitrail.Trainer.DemoShop;

/// <summary>
/// An item's demand by day: a long-tailed level (Zipf–Mandelbrot by rank), a launch when it arrives while the shop runs, a slow rise or decline, and for some a
/// vogue of a few weeks. So what sold last week tells more of today than what sold ever.
/// </summary>
internal sealed record ItemPopularity(double Level, int FirstDay, double Slope, double VoguePeak, double VogueHeight, double VogueWidth)
{
    private const double RankOffset = 10;
    private const double ShareOfNewItems = 0.3;
    private const double ShareOfVogues = 0.5;
    private const double LaunchDays = 14;
    private const double LaunchHeight = 3;

    public static ItemPopularity Draw(int rank, int days, ref SplitMix64 random)
    {
        var isNew = random.NextDouble() < ShareOfNewItems;
        var firstDay = random.NextInt(days);
        var slope = random.NextDouble() - 0.5;
        var hasVogue = random.NextDouble() < ShareOfVogues;
        var peak = random.NextDouble() * days * 1.2;
        var height = 5 + (10 * random.NextDouble());
        var width = 6 + (9 * random.NextDouble());
        return new ItemPopularity(1 / (rank + RankOffset), isNew ? firstDay : int.MinValue, slope, peak, hasVogue ? height : 0, width);
    }

    /// <summary>Demand on a day of <paramref name="days"/>, in arbitrary units; 0 before the item arrives.</summary>
    public double On(int day, int days)
    {
        if (day < FirstDay) return 0;
        var trend = 1 + (1.6 * Slope * ((2.0 * day / days) - 1));
        var launch = FirstDay < 0 ? 0 : LaunchHeight * Math.Max(0, 1 - ((day - FirstDay) / LaunchDays));
        var vogue = VogueHeight * Math.Max(0, 1 - (Math.Abs(day - VoguePeak) / VogueWidth));
        return Level * (trend + launch + vogue);
    }
}
