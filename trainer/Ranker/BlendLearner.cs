using System.Numerics.Tensors;

namespace Splitrail.Trainer.Ranker;

/// <summary>Two learners, blended by the weight of least loss on the validation contexts.</summary>
internal sealed class BlendLearner(string name, IRankerLearner first, IRankerLearner second) : IRankerLearner
{
    private static readonly float[] s_weights = [0f, 0.125f, 0.25f, 0.375f, 0.5f, 0.625f, 0.75f, 0.875f, 1f];

    public string Name => name;

    public LearntScorer Learn(RankerTask task)
    {
        var (one, other) = (first.Learn(task), second.Learn(task));
        var losses = Losses(task, one.Held, other.Held);
        var weight = s_weights[Array.IndexOf(losses, losses.Min())];
        task.Progress?.Invoke($"{name}: {second.Name} weigh {weight}, validation loss {losses.Min():0.00000}; {first.Name} alone {losses[0]:0.00000}, {second.Name} alone {losses[^1]:0.00000}");
        return new LearntScorer(new Blend(one.Held, other.Held, weight), () => new Blend(one.Refit(), other.Refit(), weight));
    }

    /// <summary>Mean loss by weight.</summary>
    private static double[] Losses(RankerTask task, IScorer one, IScorer other)
    {
        var rows = task.Rows;
        var losses = new double[task.Validation.Length][];
        Parallel.For(0, losses.Length, task.Parallelism, i =>
        {
            var (start, length) = rows.RowsOf(task.Validation[i]).GetOffsetAndLength(rows.Count);
            var features = rows.Features.Slice(start * rows.Width, length * rows.Width);
            var (ones, others, blended) = (new float[length], new float[length], new float[length]);
            one.Score(features, ones);
            other.Score(features, others);
            losses[i] = new double[s_weights.Length];
            for (var w = 0; w < s_weights.Length; w++)
            {
                TensorPrimitives.Lerp(ones, others, s_weights[w], blended);
                losses[i][w] = ListSoftmax.Loss(blended, rows.Labels.Slice(start, length), rows.Weights.Slice(start, length));
            }
        });
        return [.. s_weights.Select((_, w) => losses.Average(by => by[w]))];
    }
}
