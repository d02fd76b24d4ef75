using Splitrail.Trainer.Ranker.Impressions;

namespace Splitrail.Trainer.Ranker;

/// <summary>How much is learnt from.</summary>
/// <param name="Ranker">One of <see cref="RankerLearners"/>.</param>
/// <param name="Seed">The same seed and data give the same ranker.</param>
internal sealed record RankerTrainingOptions(string Ranker, int Seed)
{
    /// <summary>Known users of each cut-off at most; each gives two contexts.</summary>
    public int UsersPerCutoff { get; init; } = 1500;

    /// <summary>Guest sessions of each cut-off at most.</summary>
    public int GuestsPerCutoff { get; init; } = 2000;

    /// <summary>Cut-offs that are always used.</summary>
    public int MinCutoffs { get; init; } = 2;

    /// <summary>Further cut-offs are used until there are so many contexts of known shoppers.</summary>
    public int EnoughContexts { get; init; } = 1500;

    /// <summary>Candidates of a context: as many as a request asks for.</summary>
    public int Candidates { get; init; } = 300;

    /// <summary>Unwanted candidates of a context that are learnt from.</summary>
    public int MaxUnwanted { get; init; } = 80;

    /// <summary>Served lists with their outcomes, learnt from besides what shoppers did of themselves.</summary>
    public IReadOnlyList<ServedList> Impressions { get; init; } = [];

    /// <summary>Whole lists that a quantised ranker is held against.</summary>
    public int CheckedLists { get; init; } = 1000;
}
