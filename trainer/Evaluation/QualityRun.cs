using Splitrail.Models;
using Splitrail.Trainer.Ranker.Contexts;

namespace Splitrail.Trainer.Evaluation;

/// <summary>Runs a method over contexts on all cores and sums its quality in the contexts' order.</summary>
internal static class QualityRun
{
    public static RankingQuality Of(IReadOnlyList<RankingContext> contexts, ItemIndex items, Func<RankingContext, int[]> method)
    {
        var lists = new int[contexts.Count][];
        Parallel.For(0, contexts.Count, i => lists[i] = method(contexts[i]));
        var quality = new RankingQuality(items.Count);
        for (var i = 0; i < contexts.Count; i++)
        {
            // An item the catalogue gained after the cut has no position: nobody can recommend it, and it counts as missed.
            var wanted = contexts[i].Wanted.Select((id, n) => items.Find(id) is >= 0 and var item ? item : -1 - n).ToHashSet();
            quality.Add(lists[i], wanted);
        }

        return quality;
    }
}
