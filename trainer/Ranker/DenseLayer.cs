using System.Numerics.Tensors;

namespace Splitrail.Trainer.Ranker;

/// <summary>A fully connected layer: output = input · Weights + Bias.</summary>
/// <param name="Inputs">Values in.</param>
/// <param name="Outputs">Values out.</param>
/// <param name="Weights">Row-major, [Inputs, Outputs].</param>
/// <param name="Bias">[Outputs].</param>
internal sealed record DenseLayer(int Inputs, int Outputs, float[] Weights, float[] Bias)
{
    /// <summary>One row through the layer, before any activation.</summary>
    public void Forward(ReadOnlySpan<float> input, Span<float> output)
    {
        Bias.CopyTo(output);
        for (var i = 0; i < Inputs; i++)
        {
            if (input[i] != 0f)
                TensorPrimitives.MultiplyAdd(Weights.AsSpan(i * Outputs, Outputs), input[i], output, output);
        }
    }
}
