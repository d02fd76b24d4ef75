using Splitrail.Trainer.Ranker;
using Splitrail.Trainer.Ranker.Quantised;

namespace Splitrail.Benchmarks.Rank;

/// <summary>Networks of random weights, written by the trainer: what they say is nonsense, what they cost is not.</summary>
internal static class RankNetworks
{
    private static readonly Dictionary<string, string> NoMetadata = [];

    public static Network Random(params ReadOnlySpan<int> sizes)
    {
        var random = new Random(1);
        var layers = new List<DenseLayer>();
        for (var i = 0; i + 1 < sizes.Length; i++)
            layers.Add(DenseLayer.Initial(sizes[i], sizes[i + 1], random));
        var width = sizes[0];
        return new Network(new FeatureScaling(new float[width], [.. Enumerable.Repeat(1f, width)]), layers);
    }

    public static byte[] Full(Network network) => new RankerModel(network).ToOnnx(NoMetadata);

    /// <summary>With 8-bit weights, as the trainer writes it by default.</summary>
    public static byte[] Quantised(Network network) => new RankerModel(QuantisedNetwork.Of(network, new QuantisationOptions())!).ToOnnx(NoMetadata);

    /// <summary>What one would write without thinking of the machine, but with the weights in the order they lie in.</summary>
    public static void PlainLoop(Network network, ReadOnlySpan<float> rows, Span<float> scores)
    {
        for (var row = 0; row < scores.Length; row++)
        {
            var values = rows.Slice(row * network.Width, network.Width).ToArray();
            for (var i = 0; i < network.Layers.Count; i++)
                values = Layer(network.Layers[i], values, isLast: i == network.Layers.Count - 1);
            scores[row] = 1 / (1 + MathF.Exp(-values[0]));
        }
    }

    private static float[] Layer(DenseLayer layer, float[] input, bool isLast)
    {
        float[] output = [.. layer.Bias];
        for (var i = 0; i < layer.Inputs; i++)
        {
            for (var j = 0; j < layer.Outputs; j++)
                output[j] += input[i] * layer.Weights[(i * layer.Outputs) + j];
        }

        for (var j = 0; j < layer.Outputs && !isLast; j++)
            output[j] = MathF.Max(0, output[j]);
        return output;
    }
}
