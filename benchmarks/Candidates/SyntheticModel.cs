using Splitrail.Models;
using Splitrail.Randomness;

namespace Splitrail.Benchmarks.Candidates;

/// <summary>
/// A model of any size whose numbers are drawn: what candidates cost depends on how much there is to read, not on what it says. Items come by falling
/// support, as a trained model has them.
/// </summary>
internal static class SyntheticModel
{
    public const long AsOfMs = 1_700_000_000_000;
    private const int Factors = 128;
    private const int ContentFactors = 64;
    private const int Neighbours = 100;
    private const int Categories = 40;

    /// <param name="items">Items.</param>
    /// <param name="covered">Items that EASE covers; 0 for no EASE.</param>
    /// <param name="seed">Of all draws.</param>
    public static RetrievalModel Draw(int items, int covered, ulong seed) => new(
        new ItemIndex(Enumerable.Range(0, items).Select(static item => $"item-{item}")),
        Statistics(items, seed),
        new AlsModel(Factors, Vectors(items, Factors, seed), 20f, 3f),
        Knn(items, seed),
        covered == 0 ? null : EaseModel.FromRows(covered, (item, row) => FillEase(item, row, seed)),
        new ContentModel(ContentFactors, [], [], Vectors(items, ContentFactors, seed + 3)));

    private static void FillEase(int item, Span<float> row, ulong seed)
    {
        var state = SplitMix64.Mix(seed + (ulong)item);
        for (var j = 0; j < row.Length; j++)
        {
            // Most weights are next to nothing, one in a hundred says something, as in a trained matrix.
            state = state * 6364136223846793005 + 1442695040888963407;
            var draw = (state >> 40) / (float)(1 << 24);
            row[j] = draw > 0.99f ? (draw - 0.99f) * 20f : (draw - 0.5f) * 0.004f;
        }

        row[item] = 0f;
    }

    private static float[] Vectors(int items, int width, ulong seed)
    {
        var random = new SplitMix64(seed);
        var vectors = new float[items * width];
        for (var i = 0; i < vectors.Length; i++)
            vectors[i] = (float)(random.NextDouble() - 0.45) * 0.3f;
        return vectors;
    }

    private static ItemKnnModel Knn(int items, ulong seed)
    {
        var random = new SplitMix64(seed + 1);
        var starts = new int[items + 1];
        for (var item = 0; item < items; item++)
            starts[item + 1] = starts[item] + Neighbours;
        var neighbours = new int[items * Neighbours];
        var similarities = new float[neighbours.Length];
        for (var at = 0; at < neighbours.Length; at++)
            (neighbours[at], similarities[at]) = ((int)(random.NextDouble() * items), (float)random.NextDouble());
        return new ItemKnnModel(starts, neighbours, similarities);
    }

    private static ItemStatistics Statistics(int items, ulong seed)
    {
        var random = new SplitMix64(seed + 2);
        float[] Counts(double most) => [.. Enumerable.Range(0, items).Select(item => (float)(random.NextDouble() * most / (1 + item / 50.0)))];
        return new ItemStatistics
        {
            AsOfMs = AsOfMs,
            CountAll = Counts(10_000),
            Count365 = Counts(5000),
            Count90 = Counts(1500),
            Count30 = Counts(500),
            Count7 = Counts(120),
            LikedRate = [.. Enumerable.Repeat(1f, items)],
            FirstEventMs = [.. Enumerable.Range(0, items).Select(item => AsOfMs - 1 - (long)(random.NextDouble() * 400 * 86_400_000))],
            LogPrice = [.. Enumerable.Range(0, items).Select(_ => (float)(random.NextDouble() * 5))],
            Category = [.. Enumerable.Range(0, items).Select(_ => (int)(random.NextDouble() * Categories))],
            CategoryNames = [.. Enumerable.Range(0, Categories).Select(static category => $"category-{category}")],
            RepeatRate = 0.2f,
        };
    }
}
