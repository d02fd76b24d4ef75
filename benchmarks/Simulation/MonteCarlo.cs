namespace Splitrail.Benchmarks.Simulation;

/// <summary>How far a simulated share may be from the truth.</summary>
internal static class MonteCarlo
{
    private const double Z99 = 2.3263478740408408;

    public static double Error(double share, int runs) => Math.Sqrt(share * (1 - share) / runs);

    /// <summary>Upper 99 % bound (Wilson's, one-sided): right for few events too.</summary>
    public static double Upper99(double share, int runs) => Bound99(share, runs, 1);

    /// <summary>Lower 99 % bound: a rate above what is allowed by this is no chance of few runs.</summary>
    public static double Lower99(double share, int runs) => Bound99(share, runs, -1);

    private static double Bound99(double share, int runs, int side)
    {
        var square = Z99 * Z99;
        return (share + (square / (2 * runs)) + (side * Z99 * Math.Sqrt((share * (1 - share) / runs) + (square / (4.0 * runs * runs))))) / (1 + (square / runs));
    }

    public static string Text(double share, int runs) => $"{100 * share:0.00} % ± {100 * Error(share, runs):0.00}";

    /// <summary>All runs on all cores, in any order; what each gives is put at its own place, so that sums do not depend on the order.</summary>
    public static T[] Run<T>(int runs, Func<int, T> one, CancellationToken cancellationToken)
    {
        var results = new T[runs];
        Parallel.For(0, runs, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken }, run => results[run] = one(run));
        return results;
    }
}
