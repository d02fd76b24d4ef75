using Splitrail.Models;

namespace Splitrail.Trainer.Training;

/// <summary>
/// Neighbours by shrunk cosine (Sarwar et al. 2001): sim(i, j) = x_i.x_j / (|x_i| |x_j| + shrink) over the subjects' strengths; each item keeps
/// its best neighbours as a target, and the rows are then stored by source item (Deshpande and Karypis 2004).
/// </summary>
internal static class ItemKnnTrainer
{
    public static ItemKnnModel Train(InteractionMatrix matrix, int neighbours, float shrink)
    {
        var byItem = matrix.Transpose();
        var count = matrix.Columns;
        var norms = new float[count];
        for (var i = 0; i < count; i++)
            norms[i] = MathF.Sqrt(System.Numerics.Tensors.TensorPrimitives.SumOfSquares(byItem.StrengthsOf(i)));
        var kept = new (int Item, float Similarity)[count][];
        Parallel.For(0, count, () => new float[count], (i, _, dots) =>
        {
            kept[i] = Best(matrix, byItem, norms, i, neighbours, shrink, dots);
            return dots;
        }, static _ => { });
        return BySource(kept);
    }

    private static (int Item, float Similarity)[] Best(
        InteractionMatrix matrix, InteractionMatrix byItem, float[] norms, int i, int neighbours, float shrink, float[] dots)
    {
        var touched = new List<int>();
        var subjects = byItem.ColumnsOf(i);
        var strengths = byItem.StrengthsOf(i);
        for (var s = 0; s < subjects.Length; s++)
        {
            var items = matrix.ColumnsOf(subjects[s]);
            var others = matrix.StrengthsOf(subjects[s]);
            for (var c = 0; c < items.Length; c++)
            {
                if (dots[items[c]] == 0f)
                    touched.Add(items[c]);
                dots[items[c]] += strengths[s] * others[c];
            }
        }

        var best = touched.Where(j => j != i)
            .Select(j => (Item: j, Similarity: dots[j] / (norms[i] * norms[j] + shrink)))
            .OrderByDescending(static pair => pair.Similarity).ThenBy(static pair => pair.Item)
            .Take(neighbours).ToArray();
        foreach (var j in touched)
            dots[j] = 0f;
        return best;
    }

    private static ItemKnnModel BySource((int Item, float Similarity)[][] kept)
    {
        var starts = new int[kept.Length + 1];
        foreach (var list in kept)
            foreach (var (source, _) in list)
                starts[source + 1]++;
        for (var i = 0; i < kept.Length; i++)
            starts[i + 1] += starts[i];
        var next = starts[..^1];
        var targets = new int[starts[^1]];
        var similarities = new float[starts[^1]];
        for (var target = 0; target < kept.Length; target++)
            foreach (var (source, similarity) in kept[target])
            {
                var at = next[source]++;
                (targets[at], similarities[at]) = (target, similarity);
            }

        for (var i = 0; i < kept.Length; i++)
        {
            // Sorting by the negated similarity moves the targets along.
            var (from, length) = (starts[i], starts[i + 1] - starts[i]);
            var keys = similarities.AsSpan(from, length).ToArray();
            System.Numerics.Tensors.TensorPrimitives.Negate(keys, keys);
            keys.AsSpan().Sort(targets.AsSpan(from, length));
            System.Numerics.Tensors.TensorPrimitives.Negate(keys, similarities.AsSpan(from, length));
        }

        return new ItemKnnModel(starts, targets, similarities);
    }
}
