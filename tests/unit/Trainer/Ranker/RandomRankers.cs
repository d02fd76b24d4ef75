using Splitrail.Trainer.Ranker;

namespace Splitrail.Tests.Unit.Trainer.Ranker;

/// <summary>Networks and rows from a seed.</summary>
internal static class RandomRankers
{
    public static RankerModel Network(int seed, params ReadOnlySpan<int> sizes)
    {
        var random = new Random(seed);
        var layers = new List<DenseLayer>();
        for (var i = 0; i + 1 < sizes.Length; i++)
        {
            var spread = 1 / MathF.Sqrt(sizes[i]);
            layers.Add(new DenseLayer(sizes[i], sizes[i + 1], Values(random, sizes[i] * sizes[i + 1], spread), Values(random, sizes[i + 1], 0.1f)));
        }

        var scaling = new FeatureScaling(Values(random, sizes[0], 2f), [.. Values(random, sizes[0], 0.2f).Select(value => 0.3f + value)]);
        return new RankerModel(scaling, layers);
    }

    /// <summary>Strangers are those whose second feature is not above 0; their popularity is the first.</summary>
    public static RankerModel WithStrangers(RankerModel network) => network with { Strangers = new StrangerRule(1, 0, 0.7f, -2f) };

    public static float[] Rows(int seed, int rows, int width) => Values(new Random(seed), rows * width, 3f);

    private static float[] Values(Random random, int count, float spread) =>
        [.. Enumerable.Range(0, count).Select(_ => ((random.NextSingle() * 2) - 1) * spread)];
}
