using System.Numerics.Tensors;

namespace Splitrail.Trainer.Ranker;

/// <summary>A fully connected layer: output = input · Weights + Bias.</summary>
/// <param name="Inputs">Values in.</param>
/// <param name="Outputs">Values out.</param>
/// <param name="Weights">Row-major, [Inputs, Outputs].</param>
/// <param name="Bias">[Outputs].</param>
internal sealed record DenseLayer(int Inputs, int Outputs, float[] Weights, float[] Bias)
{
    /// <summary>Uniform within ±sqrt(6 / inputs), the initialisation for layers followed by a ReLU (He et al. 2015).</summary>
    public static DenseLayer Initial(int inputs, int outputs, Random random)
    {
        var limit = MathF.Sqrt(6f / inputs);
        var weights = new float[inputs * outputs];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = ((random.NextSingle() * 2) - 1) * limit;
        return new DenseLayer(inputs, outputs, weights, new float[outputs]);
    }

    /// <summary>A last layer that says the same of every row, so that training starts from the base rate.</summary>
    public static DenseLayer Constant(int inputs, float value) => new(inputs, 1, new float[inputs], [value]);

    public DenseLayer Copy() => this with { Weights = [.. Weights], Bias = [.. Bias] };

    /// <summary>One row through the layer, before any activation.</summary>
    public void Forward(ReadOnlySpan<float> input, Span<float> output)
    {
        if (Outputs == 1)
        {
            output[0] = Bias[0] + TensorPrimitives.Dot(Weights, input);
            return;
        }

        Bias.CopyTo(output);
        for (var i = 0; i < Inputs; i++)
        {
            if (input[i] != 0f)
                TensorPrimitives.MultiplyAdd(Row(i), input[i], output, output);
        }
    }

    /// <summary>Adds one row's gradients of weights and bias; <paramref name="delta"/> is the loss's gradient at the output.</summary>
    public void AddGradient(ReadOnlySpan<float> input, ReadOnlySpan<float> delta, DenseLayer gradient)
    {
        TensorPrimitives.Add(gradient.Bias, delta, gradient.Bias);
        if (Outputs == 1)
        {
            TensorPrimitives.MultiplyAdd(input, delta[0], gradient.Weights, gradient.Weights);
            return;
        }

        for (var i = 0; i < Inputs; i++)
        {
            if (input[i] != 0f)
                TensorPrimitives.MultiplyAdd(delta, input[i], gradient.Row(i), gradient.Row(i));
        }
    }

    /// <summary>The loss's gradient at the input, where the input came out of a ReLU.</summary>
    public void Backward(ReadOnlySpan<float> input, ReadOnlySpan<float> delta, Span<float> inputDelta)
    {
        for (var i = 0; i < Inputs; i++)
            inputDelta[i] = input[i] <= 0f ? 0f : Outputs == 1 ? Weights[i] * delta[0] : TensorPrimitives.Dot(Row(i), delta);
    }

    private Span<float> Row(int input) => Weights.AsSpan(input * Outputs, Outputs);
}
