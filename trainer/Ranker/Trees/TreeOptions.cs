namespace Splitrail.Trainer.Ranker.Trees;

/// <summary>How trees are grown.</summary>
internal sealed record TreeOptions
{
    /// <summary>Trees at most.</summary>
    public int MaxTrees { get; init; } = 300;

    /// <summary>Splits from the root to a leaf at most.</summary>
    public int Depth { get; init; } = 4;

    /// <summary>Factor of each tree's values.</summary>
    public double LearningRate { get; init; } = 0.08;

    /// <summary>Ridge on the values of leaves.</summary>
    public double Lambda { get; init; } = 1;

    /// <summary>Sum of w p (1 - p) that either side of a split has at least.</summary>
    public double MinCurvature { get; init; } = 5;

    /// <summary>Trees without a better validation loss after which growing ends.</summary>
    public int Patience { get; init; } = 20;

    /// <summary>Share of the features that each tree may split by.</summary>
    public double FeatureShare { get; init; } = 0.8;
}
