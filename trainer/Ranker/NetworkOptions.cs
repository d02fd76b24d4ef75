namespace Splitrail.Trainer.Ranker;

/// <summary>How a network is trained.</summary>
/// <param name="Hidden">Sizes of the hidden layers; none makes it logistic regression.</param>
internal sealed record NetworkOptions(IReadOnlyList<int> Hidden)
{
    /// <summary>Rows of a step at most.</summary>
    public int BatchSize { get; init; } = 512;

    /// <summary>Passes over the rows at most.</summary>
    public int MaxPasses { get; init; } = 12;

    /// <summary>Passes without a better validation loss after which training ends.</summary>
    public int Patience { get; init; } = 5;

    public float LearningRate { get; init; } = 0.002f;

    /// <summary>Factor of the learning rates after each pass.</summary>
    public float LearningRateDecay { get; init; } = 0.75f;

    /// <summary>Passes at most in which whole lists are learnt from afterwards; 0 leaves it out.</summary>
    public int ListPasses { get; init; }

    /// <summary>Contexts of a step when whole lists are learnt from.</summary>
    public int ListBatch { get; init; } = 8;

    public float ListLearningRate { get; init; } = 0.0005f;
}
