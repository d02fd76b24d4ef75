using System.Numerics.Tensors;

namespace Splitrail.Trainer.Ranker;

/// <summary>
/// Softmax cross-entropy of one context's candidates (ListNet's top-one probabilities, Cao et al. 2007): what was wanted should have the probability
/// mass, and a candidate that stands for several counts as several. Unlike a row's loss it does not change when all log-odds shift, as they do from one
/// season to the next.
/// </summary>
internal static class ListSoftmax
{
    /// <summary>In nats per wanted candidate; 0 where nothing was wanted.</summary>
    public static double Loss(ReadOnlySpan<float> logits, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        var wanted = TensorPrimitives.Sum(labels);
        if (wanted == 0)
            return 0;
        var (most, sum) = Partition(logits, labels, weights);
        var loss = 0.0;
        for (var i = 0; i < logits.Length; i++)
            loss += weights[i] * labels[i] * (most + Math.Log(sum) - logits[i]);
        return loss / wanted;
    }

    /// <summary>The loss's gradient by each logit; false where nothing was wanted and so nothing is learnt.</summary>
    public static bool Gradient(ReadOnlySpan<float> logits, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, Span<float> gradient)
    {
        var wanted = TensorPrimitives.Sum(labels);
        if (wanted == 0)
            return false;
        var (most, sum) = Partition(logits, labels, weights);
        var mass = TensorPrimitives.Dot(labels, weights);
        for (var i = 0; i < logits.Length; i++)
            gradient[i] = (float)(((Standing(labels[i], weights[i]) * mass * Math.Exp(logits[i] - most) / sum) - (weights[i] * labels[i])) / wanted);
        return true;
    }

    /// <summary>
    /// How many candidates one stands for in the list. An unwanted one may stand for several that were left out; a wanted one that weighs more, because it is seldom looked at, is one in the list all the same:
    /// counted as several it would have to be better than itself.
    /// </summary>
    private static double Standing(float label, float weight) => label > 0 ? 1 : weight;

    private static (double Most, double Sum) Partition(ReadOnlySpan<float> logits, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        double most = TensorPrimitives.Max(logits);
        var sum = 0.0;
        for (var i = 0; i < logits.Length; i++)
            sum += Standing(labels[i], weights[i]) * Math.Exp(logits[i] - most);
        return (most, sum);
    }
}
