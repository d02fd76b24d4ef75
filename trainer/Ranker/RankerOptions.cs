namespace Splitrail.Trainer.Ranker;

/// <summary>How a ranker is trained.</summary>
/// <param name="Hidden">Sizes of the hidden layers; none makes it logistic regression.</param>
/// <param name="Seed">Of initial weights, order of the rows and the split; the same seed and rows give the same model.</param>
internal sealed record RankerOptions(IReadOnlyList<int> Hidden, int Seed)
{
    public const string NetworkName = "mlp";
    public const string LogisticName = "logistic";

    /// <summary>Rows of a step at most.</summary>
    public int BatchSize { get; init; } = 512;

    public int MaxEpochs { get; init; } = 12;

    /// <summary>Epochs without a better validation loss after which training ends.</summary>
    public int Patience { get; init; } = 5;

    public float LearningRate { get; init; } = 0.002f;

    /// <summary>Factor of the learning rate after each epoch.</summary>
    public float LearningRateDecay { get; init; } = 0.75f;

    /// <summary>Share of the contexts that decide when to stop and are not learnt from.</summary>
    public double ValidationShare { get; init; } = 0.1;

    /// <param name="name"><c>mlp</c> or <c>logistic</c>.</param>
    /// <param name="seed">See <see cref="Seed"/>.</param>
    /// <exception cref="ArgumentException">The name is neither.</exception>
    public static RankerOptions Named(string name, int seed) => name switch
    {
        NetworkName => new RankerOptions([64, 32], seed),
        LogisticName => new RankerOptions([], seed) { LearningRate = 0.02f, MaxEpochs = 20 },
        _ => throw new ArgumentException($"Unknown ranker '{name}'. Known: {LogisticName}, {NetworkName}.", nameof(name)),
    };
}
