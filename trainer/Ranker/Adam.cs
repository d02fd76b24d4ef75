namespace Splitrail.Trainer.Ranker;

/// <summary>Adam (Kingma and Ba 2015) over the weights and biases of a network's layers.</summary>
internal sealed class Adam(IReadOnlyList<DenseLayer> layers)
{
    private const float MeanDecay = 0.9f;
    private const float VarianceDecay = 0.999f;
    private const float Epsilon = 1e-8f;
    private readonly Moments[] _moments = [.. layers.SelectMany(layer => new[] { new Moments(layer.Weights.Length), new Moments(layer.Bias.Length) })];
    private int _steps;

    /// <summary>One step against the gradient, which is an average over the batch.</summary>
    public void Step(IReadOnlyList<DenseLayer> gradients, float learningRate)
    {
        _steps++;
        var rate = learningRate * MathF.Sqrt(1 - MathF.Pow(VarianceDecay, _steps)) / (1 - MathF.Pow(MeanDecay, _steps));
        for (var i = 0; i < layers.Count; i++)
        {
            _moments[2 * i].Apply(layers[i].Weights, gradients[i].Weights, rate);
            _moments[(2 * i) + 1].Apply(layers[i].Bias, gradients[i].Bias, rate);
        }
    }

    private sealed class Moments(int length)
    {
        private readonly float[] _mean = new float[length];
        private readonly float[] _variance = new float[length];

        public void Apply(float[] values, float[] gradient, float rate)
        {
            for (var i = 0; i < values.Length; i++)
            {
                _mean[i] = (MeanDecay * _mean[i]) + ((1 - MeanDecay) * gradient[i]);
                _variance[i] = (VarianceDecay * _variance[i]) + ((1 - VarianceDecay) * gradient[i] * gradient[i]);
                values[i] -= rate * _mean[i] / (MathF.Sqrt(_variance[i]) + Epsilon);
            }
        }
    }
}
