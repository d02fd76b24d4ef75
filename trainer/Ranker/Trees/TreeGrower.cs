namespace Splitrail.Trainer.Ranker.Trees;

/// <summary>
/// Grows one tree on gradients and curvatures (Friedman 2001; second order as in Chen and Guestrin 2016), level by level over histograms. A histogram
/// is summed by one thread in the order of the rows, and of two siblings only the smaller is summed: the larger is the parent less its sibling.
/// </summary>
/// <param name="bins">All rows.</param>
/// <param name="options">How.</param>
/// <param name="parallelism">Threads.</param>
internal sealed class TreeGrower(FeatureBins bins, TreeOptions options, ParallelOptions parallelism)
{
    private float[] _gradients = [];
    private float[] _curvatures = [];

    /// <param name="rows">Numbers of the rows to grow on; sorted into leaves on return.</param>
    /// <param name="gradient">By row number, dLoss/dLogit.</param>
    /// <param name="curvature">By row number.</param>
    /// <param name="features">Those that may be split by.</param>
    public Tree Grow(int[] rows, float[] gradient, float[] curvature, int[] features)
    {
        if (_gradients.Length < rows.Length)
            (_gradients, _curvatures) = (new float[rows.Length], new float[rows.Length]);
        var nodes = new List<TreeNode> { default };
        List<GrowingLeaf> level = [new GrowingLeaf(0, rows, Histograms(rows, gradient, curvature, features))];
        for (var depth = 0; level.Count > 0; depth++)
        {
            var next = new List<GrowingLeaf>();
            foreach (var leaf in level)
            {
                var split = depth < options.Depth ? Best(leaf, features) : null;
                if (split is null)
                {
                    nodes[leaf.Node] = TreeNode.Leaf(leaf.Histograms.Value(options));
                    continue;
                }

                var (left, right) = (nodes.Count, nodes.Count + 1);
                nodes.AddRange([default, default]);
                nodes[leaf.Node] = new TreeNode(split.Feature, bins.UpperEdge(split.Feature, split.Bin), left, right, 0f);
                next.AddRange(Part(leaf, split, left, right, gradient, curvature, features, depth + 1 == options.Depth));
            }

            level = next;
        }

        return new Tree(nodes);
    }

    private GrowingLeaf[] Part(GrowingLeaf leaf, Split split, int left, int right, float[] gradient, float[] curvature, int[] features, bool last)
    {
        var column = bins.Of(split.Feature);
        var (low, high) = (new List<int>(leaf.Rows.Length), new List<int>(leaf.Rows.Length));
        foreach (var row in leaf.Rows)
            (column[row] <= split.Bin ? low : high).Add(row);
        var (lowRows, highRows) = (low.ToArray(), high.ToArray());
        var smaller = lowRows.Length <= highRows.Length ? lowRows : highRows;
        // A leaf that is split no more needs its sums, which any one feature has.
        var summed = Histograms(smaller, gradient, curvature, last ? features[..1] : features);
        var rest = leaf.Histograms.Less(summed);
        return ReferenceEquals(smaller, lowRows)
            ? [new GrowingLeaf(left, lowRows, summed), new GrowingLeaf(right, highRows, rest)]
            : [new GrowingLeaf(left, lowRows, rest), new GrowingLeaf(right, highRows, summed)];
    }

    private LeafHistograms Histograms(int[] rows, float[] gradient, float[] curvature, int[] features)
    {
        // Gathered once, read once per feature.
        for (var i = 0; i < rows.Length; i++)
            (_gradients[i], _curvatures[i]) = (gradient[rows[i]], curvature[rows[i]]);
        var sums = new double[features.Length][];
        Parallel.For(0, features.Length, parallelism, f =>
        {
            var histogram = new double[2 * FeatureBins.Most];
            var column = bins.Of(features[f]);
            for (var i = 0; i < rows.Length; i++)
            {
                var at = 2 * column[rows[i]];
                histogram[at] += _gradients[i];
                histogram[at + 1] += _curvatures[i];
            }

            sums[f] = histogram;
        });
        return new LeafHistograms(sums);
    }

    private Split? Best(GrowingLeaf leaf, int[] features)
    {
        Split? best = null;
        for (var f = 0; f < features.Length; f++)
        {
            var found = leaf.Histograms.Best(f, bins.Count(features[f]), options);
            if (found.Gain > (best?.Gain ?? 1e-9))
                best = new Split(features[f], found.Bin, found.Gain);
        }

        return best;
    }

    private sealed record GrowingLeaf(int Node, int[] Rows, LeafHistograms Histograms);

    private sealed record Split(int Feature, int Bin, double Gain);
}
