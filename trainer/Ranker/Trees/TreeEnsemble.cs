using Splitrail.Trainer.Ranker.Onnx;

namespace Splitrail.Trainer.Ranker.Trees;

/// <summary>Log-odds as a base and a sum over trees. Thresholds are the float32 numbers that were compared in training, so serving goes the same ways.</summary>
/// <param name="Width">Features in a row.</param>
/// <param name="Base">Log-odds before any tree.</param>
/// <param name="Trees">In the order they were grown.</param>
internal sealed record TreeEnsemble(int Width, float Base, IReadOnlyList<Tree> Trees) : IScorer
{
    public void Score(ReadOnlySpan<float> rows, Span<float> logits)
    {
        for (var row = 0; row < logits.Length; row++)
        {
            var features = rows.Slice(row * Width, Width);
            var sum = Base;
            foreach (var tree in Trees)
                sum += tree.ValueOf(features);
            logits[row] = sum;
        }
    }

    /// <summary>A TreeEnsembleRegressor of ai.onnx.ml 3.</summary>
    public string AddTo(OnnxGraph graph)
    {
        var nodes = Trees.SelectMany(static (tree, t) => tree.Nodes.Select((node, n) => (Tree: t, Id: n, Node: node))).ToArray();
        var leaves = nodes.Where(static at => at.Node.IsLeaf).ToArray();
        return graph.AddTrees(
            "TreeEnsembleRegressor",
            [
                OnnxAttribute.Of("n_targets", 1),
                OnnxAttribute.Of("aggregate_function", "SUM"),
                OnnxAttribute.Of("post_transform", "NONE"),
                OnnxAttribute.Of("base_values", [Base]),
                OnnxAttribute.Of("nodes_treeids", nodes.Select(static at => at.Tree)),
                OnnxAttribute.Of("nodes_nodeids", nodes.Select(static at => at.Id)),
                OnnxAttribute.Of("nodes_featureids", nodes.Select(static at => Math.Max(0, at.Node.Feature))),
                OnnxAttribute.Of("nodes_modes", nodes.Select(static at => at.Node.IsLeaf ? "LEAF" : "BRANCH_LEQ")),
                OnnxAttribute.Of("nodes_values", [.. nodes.Select(static at => at.Node.Threshold)]),
                OnnxAttribute.Of("nodes_truenodeids", nodes.Select(static at => at.Node.Left)),
                OnnxAttribute.Of("nodes_falsenodeids", nodes.Select(static at => at.Node.Right)),
                OnnxAttribute.Of("target_treeids", leaves.Select(static at => at.Tree)),
                OnnxAttribute.Of("target_nodeids", leaves.Select(static at => at.Id)),
                OnnxAttribute.Of("target_ids", leaves.Select(static _ => 0)),
                OnnxAttribute.Of("target_weights", [.. leaves.Select(static at => at.Node.Value)]),
            ],
            graph.Input);
    }
}
