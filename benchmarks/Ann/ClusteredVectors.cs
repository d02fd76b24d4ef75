using Splitrail.Randomness;
using Splitrail.Retrieval.Vectors;

namespace Splitrail.Benchmarks.Ann;

/// <summary>
/// The vectors of the reference measurements, bit for bit: 1,000 centres on the unit sphere of 64 dimensions, each vector one of them plus noise, made to
/// length 1. Additions and square roots only, so every platform makes the same.
/// </summary>
internal static class ClusteredVectors
{
    public const int Width = 64;
    public const ulong BaseSeed = 1_000_003;
    public const ulong QuerySeed = 2_000_003;
    private const int Centres = 1000;

    /// <param name="count">Rows.</param>
    /// <param name="seed">Of the rows; the centres are always the same.</param>
    /// <param name="noise">0.1 for the reference set, 0.2 for the harder one.</param>
    public static FloatRows Make(int count, ulong seed, double noise)
    {
        var centres = MakeCentres();
        var rows = FloatRows.Zeroed(count, Width);
        var random = new SplitMix64(seed);
        var row = new double[Width];
        var floats = new float[Width];
        for (var i = 0; i < count; i++)
        {
            var centre = (int)(random.Next() % Centres);
            for (var d = 0; d < Width; d++)
                row[d] = centres[centre * Width + d] + noise * Normal(ref random);
            var length = Length(row);
            for (var d = 0; d < Width; d++)
                floats[d] = (float)(row[d] / length);
            rows.Set(i, floats);
        }

        return rows;
    }

    /// <summary>FNV-1a of the rows' bytes from the basis that the recipe used, 1469598103934665603: it tells whether the set is the reference's.</summary>
    public static ulong Fingerprint(FloatRows rows)
    {
        var hash = 1469598103934665603UL;
        for (var i = 0; i < rows.Count; i++)
            foreach (var value in System.Runtime.InteropServices.MemoryMarshal.AsBytes(rows[i]))
                hash = (hash ^ value) * 0x100000001B3UL;
        return hash;
    }

    private static double[] MakeCentres()
    {
        var random = new SplitMix64(42);
        var centres = new double[Centres * Width];
        for (var c = 0; c < Centres; c++)
        {
            var centre = centres.AsSpan(c * Width, Width);
            foreach (ref var value in centre)
                value = Normal(ref random);
            var length = Length(centre);
            foreach (ref var value in centre)
                value /= length;
        }

        return centres;
    }

    /// <summary>The sum begins at zero and loses its 6 at the end: <see cref="SplitMix64.NextNormal"/> rounds otherwise.</summary>
    private static double Normal(ref SplitMix64 random)
    {
        var sum = 0.0;
        for (var i = 0; i < 12; i++)
            sum += random.NextDouble();
        return sum - 6;
    }

    private static double Length(ReadOnlySpan<double> row)
    {
        var sum = 0.0;
        foreach (var value in row)
            sum += value * value;
        return Math.Sqrt(sum);
    }
}
