using Splitrail.Randomness;

namespace Splitrail.Benchmarks.Simulation;

/// <summary>Successes among a few hundred trials of one chance, by inverting tables made once per number of trials.</summary>
internal sealed class Binomial
{
    private readonly double[][] _below;

    /// <param name="largest">Most trials.</param>
    /// <param name="chance">Of a success, within (0, 1).</param>
    public Binomial(int largest, double chance)
    {
        _below = new double[largest + 1][];
        for (var trials = 0; trials <= largest; trials++)
            _below[trials] = Table(trials, chance);
    }

    public int Draw(ref SplitMix64 chance, int trials)
    {
        var (below, uniform, low, high) = (_below[trials], chance.NextDouble(), 0, trials);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (below[middle] > uniform)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    private static double[] Table(int trials, double chance)
    {
        var (below, sum) = (new double[trials + 1], 0.0);
        var logs = MathNet.Numerics.SpecialFunctions.FactorialLn(trials);
        for (var k = 0; k <= trials; k++)
        {
            var choose = logs - MathNet.Numerics.SpecialFunctions.FactorialLn(k) - MathNet.Numerics.SpecialFunctions.FactorialLn(trials - k);
            below[k] = sum += Math.Exp(choose + (k * Math.Log(chance)) + ((trials - k) * Math.Log(1 - chance)));
        }

        return below;
    }
}
