namespace Splitrail.Trainer.Ranker.Quantised;

/// <summary>A layer with signed whole weights: output = scale · (input · Weights) + Bias.</summary>
/// <param name="Inputs">Values in.</param>
/// <param name="Outputs">Values out.</param>
/// <param name="Weights">Row-major, [Inputs, Outputs].</param>
/// <param name="Scales">One, or one per output.</param>
/// <param name="Bias">[Outputs].</param>
internal sealed record QuantisedLayer(int Inputs, int Outputs, sbyte[] Weights, float[] Scales, float[] Bias)
{
    public static QuantisedLayer Of(DenseLayer layer, QuantisationOptions options)
    {
        var scales = new float[options.PerChannel ? layer.Outputs : 1];
        for (var i = 0; i < layer.Weights.Length; i++)
        {
            ref var largest = ref scales[options.PerChannel ? i % layer.Outputs : 0];
            largest = MathF.Max(largest, MathF.Abs(layer.Weights[i]));
        }

        for (var i = 0; i < scales.Length; i++)
            scales[i] = scales[i] == 0f ? 1f : scales[i] / options.Limit;
        var weights = new sbyte[layer.Weights.Length];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = (sbyte)MathF.Round(layer.Weights[i] / scales[options.PerChannel ? i % layer.Outputs : 0]);
        return new QuantisedLayer(layer.Inputs, layer.Outputs, weights, scales, [.. layer.Bias]);
    }

    /// <summary>All rows through the layer and a ReLU.</summary>
    /// <param name="input">[rows, Inputs].</param>
    /// <param name="output">[rows, Outputs].</param>
    public void Forward(ReadOnlySpan<float> input, Span<float> output)
    {
        var bytes = QuantisedInput.Of(input);
        var sums = new int[Outputs];
        for (var row = 0; row < input.Length / Inputs; row++)
        {
            Array.Clear(sums);
            for (var i = 0; i < Inputs; i++)
            {
                var value = bytes.Values[(row * Inputs) + i] - bytes.ZeroPoint;
                if (value == 0)
                    continue;
                var weights = Weights.AsSpan(i * Outputs, Outputs);
                for (var o = 0; o < sums.Length; o++)
                    sums[o] += value * weights[o];
            }

            for (var o = 0; o < sums.Length; o++)
                output[(row * Outputs) + o] = MathF.Max(0f, (sums[o] * (bytes.Scale * Scales[Scales.Length > 1 ? o : 0])) + Bias[o]);
        }
    }
}
