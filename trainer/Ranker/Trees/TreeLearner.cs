namespace Splitrail.Trainer.Ranker.Trees;

/// <summary>Gradient-boosted trees on binary cross-entropy of rows.</summary>
internal sealed class TreeLearner(string name, TreeOptions options) : IRankerLearner
{
    private const int Chunk = 16_384;

    public string Name => name;

    public LearntScorer Learn(RankerTask task)
    {
        var bins = new FeatureBins(task);
        var (best, bestLoss) = (0, double.PositiveInfinity);
        var grown = Grow(task, bins, ValidationSplit.RowsOf(task.Rows, task.Training), options.MaxTrees, (trees, logits) =>
        {
            var loss = Loss(task, logits);
            if (loss < bestLoss)
                (best, bestLoss) = (trees, loss);
            if (trees % 20 == 0)
                task.Progress?.Invoke($"{name}: {trees} trees, validation loss {loss:0.00000}");
            return trees - best < options.Patience;
        });
        var all = Enumerable.Range(0, task.Rows.Count).ToArray();
        return new LearntScorer(grown with { Trees = [.. grown.Trees.Take(best)] }, () => Grow(task, bins, all, best, static (_, _) => true));
    }

    private TreeEnsemble Grow(RankerTask task, FeatureBins bins, int[] rows, int trees, Func<int, float[], bool> goOn)
    {
        var random = new Random(task.Seed);
        var grower = new TreeGrower(bins, options, task.Parallelism);
        var start = BaseLogit(task.Rows, rows);
        var logits = new float[task.Rows.Count];
        Array.Fill(logits, start);
        var (gradient, curvature) = (new float[logits.Length], new float[logits.Length]);
        var grown = new List<Tree>();
        for (var t = 1; t <= trees; t++)
        {
            Differentiate(task.Rows, logits, gradient, curvature);
            var tree = grower.Grow(rows, gradient, curvature, Features(bins, random));
            grown.Add(tree);
            Advance(task, tree, logits);
            if (!goOn(t, logits))
                break;
        }

        return new TreeEnsemble(task.Rows.Width, start, grown);
    }

    private int[] Features(FeatureBins bins, Random random)
    {
        var features = Enumerable.Range(0, bins.Features).ToArray();
        random.Shuffle(features);
        var taken = features[..Math.Clamp((int)Math.Ceiling(features.Length * options.FeatureShare), 1, features.Length)];
        Array.Sort(taken);
        return taken;
    }

    private static void Differentiate(TrainingRows rows, float[] logits, float[] gradient, float[] curvature)
    {
        var labels = rows.Labels;
        var weights = rows.Weights;
        for (var row = 0; row < logits.Length; row++)
        {
            var p = 1 / (1 + MathF.Exp(-logits[row]));
            gradient[row] = weights[row] * (p - labels[row]);
            curvature[row] = weights[row] * p * (1 - p);
        }
    }

    private static void Advance(RankerTask task, Tree tree, float[] logits) => Parallel.For(0, (logits.Length + Chunk - 1) / Chunk, task.Parallelism, chunk =>
    {
        var rows = task.Rows;
        var features = rows.Features;
        for (var row = chunk * Chunk; row < Math.Min(logits.Length, (chunk + 1) * Chunk); row++)
            logits[row] += tree.ValueOf(features.Slice(row * rows.Width, rows.Width));
    });

    private static double Loss(RankerTask task, float[] logits)
    {
        var (rows, losses) = (task.Rows, new double[task.Validation.Length]);
        Parallel.For(0, losses.Length, task.Parallelism, i =>
        {
            var (start, length) = rows.RowsOf(task.Validation[i]).GetOffsetAndLength(rows.Count);
            losses[i] = ListSoftmax.Loss(logits.AsSpan(start, length), rows.Labels.Slice(start, length), rows.Weights.Slice(start, length));
        });
        return losses.Sum() / losses.Length;
    }

    private static float BaseLogit(TrainingRows rows, int[] learnt)
    {
        var (wanted, all) = (0.0, 0.0);
        foreach (var row in learnt)
            (wanted, all) = (wanted + (rows.Labels[row] * rows.Weights[row]), all + rows.Weights[row]);
        // Half a row of each kind keeps a side finite that has one kind only.
        return (float)Math.Log((wanted + 0.5) / (all - wanted + 0.5));
    }
}
