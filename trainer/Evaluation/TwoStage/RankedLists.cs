using System.Numerics.Tensors;
using Splitrail.Models;
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

    public static RankedLists Of(IReadOnlyList<RankingContext> contexts, ContextRows maker, ItemIndex items)
    {
        var lists = new CandidateList[contexts.Count];
        Parallel.For(0, lists.Length, i =>
        {
            var (candidates, features) = maker.Rows(contexts[i]);
            // An item the catalogue gained after the cut has no position: nobody can recommend it, and it counts as missed.
            var wanted = contexts[i].Wanted.Select((id, n) => items.Find(id) is >= 0 and var item ? item : -1 - n).ToHashSet();
            lists[i] = new CandidateList(candidates.Items, features, wanted);
        });
        return new RankedLists(lists, items.Count);
    }

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

/// <param name="Items">Positions in the model, in the candidates' own order.</param>
/// <param name="Features">Row-major, by item.</param>
/// <param name="Wanted">All that was wanted; what is no candidate has no chance.</param>
internal sealed record CandidateList(int[] Items, float[] Features, IReadOnlySet<int> Wanted)
{
    /// <summary>Best first; ties in the candidates' own order.</summary>
    public int[] RankedBy(RankerModel ranker)
    {
        var scores = Scores(ranker);
        TensorPrimitives.Negate<float>(scores, scores);
        return [.. Items.Zip(scores).OrderBy(static pair => pair.Second).Select(static pair => pair.First)];
    }

    public float[] Scores(RankerModel ranker)
    {
        var scores = new float[Items.Length];
        ranker.Score(Features, scores);
        return scores;
    }
}
