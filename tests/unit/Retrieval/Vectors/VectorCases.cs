using Splitrail.Randomness;
using Splitrail.Retrieval;
using Splitrail.Retrieval.Vectors;

namespace Splitrail.Tests.Unit.Retrieval.Vectors;

/// <summary>Seeded vectors of several kinds, and the search everything is held against.</summary>
internal static unsafe class VectorCases
{
    public static readonly string[] Kinds = ["normal", "unit", "ties", "outlier", "zeros", "tiny", "offset"];

    public static FloatRows Rows(string kind, int count, int width, ulong seed)
    {
        var random = new SplitMix64(seed);
        var rows = FloatRows.Zeroed(count, width);
        for (var row = 0; row < count; row++)
            rows.Set(row, Vector(kind, row, width, ref random));
        return rows;
    }

    public static float[] Query(string kind, int width, ulong seed)
    {
        var random = new SplitMix64(seed);
        return Vector(kind, 1, width, ref random);
    }

    public static ItemBitmap? Allowed(int count, double share, ulong seed)
    {
        if (share >= 1)
            return null;
        var random = new SplitMix64(seed);
        var allowed = new ItemBitmap(count);
        for (var row = 0; row < count; row++)
            allowed[row] = random.NextDouble() < share;
        return allowed;
    }

    /// <summary>Every row scored in floats and sorted: best first, ties by row.</summary>
    public static Neighbour[] Naive(FloatRows rows, float[] query, ItemBitmap? allowed, int k)
    {
        var padded = new float[rows.Stride];
        query.CopyTo(padded, 0);
        var all = new List<Neighbour>();
        fixed (float* q = padded)
            for (var row = 0; row < rows.Count; row++)
                if (allowed is null || allowed[row])
                    all.Add(new Neighbour(row, RowDot.Plain(q, rows.Row(row), rows.Stride) + 0f));
        GC.KeepAlive(rows);
        return [.. all.OrderByDescending(one => one.Score).ThenBy(one => one.Row).Take(k)];
    }

    public static Neighbour[] Search(IVectorIndex index, float[] query, ItemBitmap? allowed, int k)
    {
        var best = new Neighbour[k];
        return best[..index.Search(query, allowed, best, new VectorScratch())];
    }

    private static float[] Vector(string kind, int row, int width, ref SplitMix64 random)
    {
        var vector = new float[width];
        for (var d = 0; d < width; d++)
            vector[d] = kind switch
            {
                "ties" => random.NextInt(3) - 1,
                "zeros" => row % 3 == 0 ? 0f : (float)random.NextNormal(),
                "tiny" => (float)(random.NextNormal() * 1e-8),
                "offset" => (float)(5 + random.NextNormal()),
                "outlier" when row == 7 => (float)(random.NextNormal() * 1e6),
                _ => (float)random.NextNormal(),
            };
        if (kind != "unit")
            return vector;
        var length = MathF.Sqrt(vector.Sum(value => value * value));
        return Array.ConvertAll(vector, value => value / length);
    }
}
