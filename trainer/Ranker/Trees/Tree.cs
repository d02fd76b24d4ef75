namespace Splitrail.Trainer.Ranker.Trees;

/// <summary>A regression tree. A row goes left where its feature is at most the threshold, right otherwise.</summary>
/// <param name="Nodes">The first is the root; children come after their parent.</param>
internal sealed record Tree(IReadOnlyList<TreeNode> Nodes)
{
    public float ValueOf(ReadOnlySpan<float> row)
    {
        var node = Nodes[0];
        while (!node.IsLeaf)
            node = Nodes[row[node.Feature] <= node.Threshold ? node.Left : node.Right];
        return node.Value;
    }
}

/// <param name="Feature">What a split looks at; -1 in a leaf.</param>
/// <param name="Threshold">Of a split.</param>
/// <param name="Left">Number of the node for values up to the threshold.</param>
/// <param name="Right">Number of the node for values above it.</param>
/// <param name="Value">Log-odds that a leaf adds.</param>
internal readonly record struct TreeNode(int Feature, float Threshold, int Left, int Right, float Value)
{
    public bool IsLeaf => Feature < 0;

    public static TreeNode Leaf(float value) => new(-1, 0f, 0, 0, value);
}
