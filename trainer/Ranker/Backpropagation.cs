using System.Numerics.Tensors;

namespace Splitrail.Trainer.Ranker;

/// <summary>Forward and backward passes of one thread, with its own activations and gradients.</summary>
internal sealed class Backpropagation
{
    private readonly IReadOnlyList<DenseLayer> _layers;
    private readonly float[][] _activations;
    private readonly float[][] _deltas;

    public Backpropagation(IReadOnlyList<DenseLayer> layers)
    {
        _layers = layers;
        _activations = [.. layers.Select(layer => new float[layer.Outputs])];
        _deltas = [.. layers.Select(layer => new float[layer.Outputs])];
        Gradients = [.. layers.Select(layer => layer with { Weights = new float[layer.Weights.Length], Bias = new float[layer.Bias.Length] })];
    }

    /// <summary>Sums since the last <see cref="Clear"/>, of the layers' shapes.</summary>
    public IReadOnlyList<DenseLayer> Gradients { get; }

    public void Clear()
    {
        foreach (var gradient in Gradients)
        {
            Array.Clear(gradient.Weights);
            Array.Clear(gradient.Bias);
        }
    }

    /// <summary>Adds the gradient of the weighted cross-entropy of one row, already scaled.</summary>
    public void Learn(ReadOnlySpan<float> row, float label, float weight) => Backward(row, weight * (RankerModel.Sigmoid(Logit(row)) - label));

    /// <summary>
    /// Adds the gradient of the cross-entropy of one row whose label is a click, which needs a look and a wish: its probability is look · σ(logit) (Craswell et al. 2008). What was not taken
    /// further down is little evidence, and what was taken counts once: no weight makes a single click the equal of twenty.
    /// </summary>
    public void LearnClick(ReadOnlySpan<float> row, float label, float look)
    {
        var wish = RankerModel.Sigmoid(Logit(row));
        Backward(row, label > 0 ? wish - 1 : look * wish * (1 - wish) / (1 - (look * wish)));
    }

    /// <summary>Adds the gradient of a loss that changes by <paramref name="delta"/> per unit of the row's logit.</summary>
    public void Push(ReadOnlySpan<float> row, float delta)
    {
        Logit(row);
        Backward(row, delta);
    }

    /// <summary>Of one row; keeps the activations.</summary>
    public float Logit(ReadOnlySpan<float> row)
    {
        for (var i = 0; i < _layers.Count; i++)
        {
            _layers[i].Forward(i == 0 ? row : _activations[i - 1], _activations[i]);
            if (i < _layers.Count - 1)
                TensorPrimitives.Max(_activations[i], 0f, _activations[i]);
        }

        return _activations[^1][0];
    }

    private void Backward(ReadOnlySpan<float> row, float delta)
    {
        var last = _layers.Count - 1;
        _deltas[last][0] = delta;
        for (var i = last; i >= 0; i--)
        {
            var input = i == 0 ? row : _activations[i - 1];
            _layers[i].AddGradient(input, _deltas[i], Gradients[i]);
            if (i > 0)
                _layers[i].Backward(input, _deltas[i], _deltas[i - 1]);
        }
    }
}
