using Splitrail.Trainer.Ranker;
using Splitrail.Trainer.Ranker.Contexts;

namespace Splitrail.Trainer.Evaluation.TwoStage;

/// <summary>Candidates of test contexts with their features, made once, so that many rankers can be compared on the same lists.</summary>
internal sealed class RankedLists
{
    private readonly CandidateList[] _lists;
    private readonly int _catalogue;

    private RankedLists(CandidateList[] lists, int catalogue) => (_lists, _catalogue) = (lists, catalogue);

    public IReadOnlyList<CandidateList> Lists => _lists;

    public static RankedLists Of(IReadOnlyList<RankingContext> contexts, ContextRows maker, int catalogue) => new(maker.Lists(contexts), catalogue);

    /// <summary>Quality of the candidates' own order.</summary>
    public RankingQuality Measure() => Measure(static list => list.Items);

    public RankingQuality Measure(RankerModel ranker) => Measure(list => list.RankedBy(ranker));

    /// <param name="order">A list's items, best first.</param>
    public RankingQuality Measure(Func<CandidateList, int[]> order)
    {
        var ranked = new int[_lists.Length][];
        Parallel.For(0, ranked.Length, i => ranked[i] = order(_lists[i]));
        var quality = new RankingQuality(_catalogue);
        for (var i = 0; i < ranked.Length; i++)
            quality.Add(ranked[i], _lists[i].Wanted);
        return quality;
    }
}
