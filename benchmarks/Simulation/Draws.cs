using Splitrail.Randomness;

namespace Splitrail.Benchmarks.Simulation;

/// <summary>Seeded draws with the tails that statistics are about.</summary>
internal static class Draws
{
    /// <summary>Normal, by Box and Muller.</summary>
    public static double Normal(ref SplitMix64 chance) =>
        Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble());

    /// <summary>Exponential of mean 1.</summary>
    public static double Exponential(ref SplitMix64 chance) => -Math.Log(1 - chance.NextDouble());

    public static double Lognormal(ref SplitMix64 chance, double mean, double deviation) => Math.Exp(mean + (deviation * Normal(ref chance)));
}
