namespace Splitrail.Trainer.Ranker;

/// <summary>Two learners, blended by the weight that ranks the validation contexts best.</summary>
internal sealed class BlendLearner(string name, IRankerLearner first, IRankerLearner second) : IRankerLearner
{
    private static readonly float[] s_weights = [0f, 0.25f, 0.5f, 0.75f, 1f];

    public string Name => name;

    public LearntScorer Learn(RankerTask task)
    {
        var (one, other) = (first.Learn(task), second.Learn(task));
        var weight = s_weights.MaxBy(weight => Ndcg(task, new Blend(one.Held, other.Held, weight)));
        task.Progress?.Invoke($"{name}: {second.Name} weigh {weight}");
        return new LearntScorer(new Blend(one.Held, other.Held, weight), () => new Blend(one.Refit(), other.Refit(), weight));
    }

    private static double Ndcg(RankerTask task, Blend blend)
    {
        var rows = task.Rows;
        var sums = new double[task.Validation.Length];
        Parallel.For(0, sums.Length, task.Parallelism, i =>
        {
            var (start, length) = rows.RowsOf(task.Validation[i]).GetOffsetAndLength(rows.Count);
            var logits = new float[length];
            blend.Score(rows.Features.Slice(start * rows.Width, length * rows.Width), logits);
            sums[i] = ListNdcg.Of(logits, rows.Labels.Slice(start, length));
        });
        return sums.Sum() / sums.Length;
    }
}
