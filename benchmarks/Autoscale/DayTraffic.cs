using Splitrail.Benchmarks.Simulation;
using Splitrail.Randomness;

namespace Splitrail.Benchmarks.Autoscale;

/// <summary>A day of a shop: a wave from night to evening, noise that lasts minutes, short bursts, and a few mails to all customers.</summary>
internal static class DayTraffic
{
    public const int Seconds = 24 * 3600;
    private const double Night = 1_500;
    private const double Evening = 9_000;

    /// <returns>Requests per second, for each second of the day.</returns>
    public static double[] Of(ulong seed)
    {
        var chance = SplitMix64.Stream(seed, 0);
        var rate = new double[Seconds];
        var noise = 0.0;
        for (var second = 0; second < Seconds; second++)
        {
            if (second % 10 == 0)
                noise = (0.97 * noise) + (0.012 * Draws.Normal(ref chance));
            var wave = (1 - Math.Cos(2 * Math.PI * (second - (4 * 3600)) / Seconds)) / 2;
            rate[second] = (Night + ((Evening - Night) * wave)) * Math.Exp(noise);
        }

        // Mails to all: within half a minute up to double, gone after a quarter of an hour.
        foreach (var hour in new[] { 9, 12, 18, 20 })
            Add(rate, (hour * 3600) + chance.NextInt(3000), 0.6 + (0.5 * chance.NextDouble()), rise: 30, fall: 400);
        // A programme on television, a bot: half as much again for a minute or two.
        for (var burst = 0; burst < 12; burst++)
            Add(rate, chance.NextInt(Seconds - 600), 0.2 + (0.3 * chance.NextDouble()), rise: 10, fall: 60);
        return rate;
    }

    private static void Add(double[] rate, int start, double share, int rise, int fall)
    {
        for (var second = start; second < Seconds; second++)
        {
            var since = second - start;
            rate[second] *= 1 + (share * Math.Min(1, (double)since / rise) * Math.Exp(-Math.Max(0, since - rise) / (double)fall));
        }
    }
}
