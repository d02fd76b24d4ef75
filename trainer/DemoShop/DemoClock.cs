using Splitrail.Randomness;

namespace Splitrail.Trainer.DemoShop;

/// <summary>When people come: more in the evening and at weekends, and more every week. The history ends at a fixed date.</summary>
internal sealed class DemoClock(int days)
{
    private const long DayMs = 86_400_000;
    private const long HourMs = 3_600_000;
    private static readonly DateTimeOffset End = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private static readonly double[] Hours = Sums([2, 1, 1, 1, 1, 2, 4, 6, 8, 9, 10, 11, 12, 11, 10, 10, 11, 13, 15, 18, 20, 18, 11, 5]);
    private readonly double[] _days = Sums(Enumerable.Range(0, days).Select(day => WeightOf(day, days)));

    public int DrawDay(ref SplitMix64 random) => WeightedChoice.Draw(_days, ref random);

    /// <summary>Unix milliseconds of a moment of that day.</summary>
    public long DrawTime(int day, ref SplitMix64 random) =>
        StartMs + (day * DayMs) + (WeightedChoice.Draw(Hours, ref random) * HourMs) + random.NextInt((int)HourMs);

    private long StartMs => End.ToUnixTimeMilliseconds() - (days * DayMs);

    private static double WeightOf(int day, int days)
    {
        // The last day is a Sunday.
        var weekday = (days - 1 - day) % 7;
        return (weekday < 2 ? 1.35 : 1.0) * (1 + (0.4 * day / days));
    }

    private static double[] Sums(IEnumerable<double> weights)
    {
        var sum = 0.0;
        return [.. weights.Select(weight => sum += weight)];
    }
}
