using Splitrail.RankingSvc.ReRankers;

namespace Splitrail.RankingSvc.Explaining;

/// <summary>The order after each step, by place; kept only for requests that want to know.</summary>
internal sealed class RankSteps
{
    private readonly int[] _ranker;
    private int[] _weighed = [];
    private int[] _reRanked = [];

    /// <param name="slate">Ordered as the ranker has it.</param>
    public RankSteps(Slate slate)
    {
        RankerScores = slate.Shown.ToArray();
        _ranker = RanksOf(slate);
    }

    /// <summary>What the ranker said, before weights replaced it.</summary>
    public float[] RankerScores { get; }

    public void Weighed(Slate slate) => _weighed = RanksOf(slate);

    public void ReRanked(Slate slate) => _reRanked = RanksOf(slate);

    /// <summary>Ranks from 1.</summary>
    public (int Ranker, int Weighed, int ReRanked) Of(int place) => (_ranker[place], _weighed[place], _reRanked[place]);

    private static int[] RanksOf(Slate slate)
    {
        var ranks = new int[slate.Count];
        for (var rank = 0; rank < ranks.Length; rank++)
            ranks[slate.Order[rank]] = rank + 1;
        return ranks;
    }
}
