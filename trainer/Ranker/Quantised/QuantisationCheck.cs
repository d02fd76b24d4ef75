using Splitrail.Models;
using Splitrail.Trainer.Evaluation;
using Splitrail.Trainer.Ranker.Contexts;

namespace Splitrail.Trainer.Ranker.Quantised;

/// <summary>Holds a quantised ranker against the one it was made of, on whole candidate lists.</summary>
internal static class QuantisationCheck
{
    /// <param name="full">The ranker.</param>
    /// <param name="quantised">The same with whole weights.</param>
    /// <param name="options">How they were made.</param>
    /// <param name="lists">What both rank.</param>
    public static QuantisationGate Run(RankerModel full, RankerModel quantised, QuantisationOptions options, IReadOnlyList<CandidateList> lists)
    {
        var orders = new (int[] Full, int[] Quantised)[lists.Count];
        Parallel.For(0, orders.Length, i => orders[i] = (lists[i].RankedBy(full), lists[i].RankedBy(quantised)));
        var (before, after) = (new RankingQuality(1), new RankingQuality(1));
        var overlap = 0.0;
        for (var i = 0; i < orders.Length; i++)
        {
            before.Add(orders[i].Full, lists[i].Wanted);
            after.Add(orders[i].Quantised, lists[i].Wanted);
            overlap += Overlap(orders[i].Full, orders[i].Quantised);
        }

        var (delta, share) = lists.Count == 0 ? (0, 0) : (after.Ndcg - before.Ndcg, overlap / lists.Count);
        return new QuantisationGate(options.Weights, options.Bits, delta, share, lists.Count, QuantisationGate.Holds(delta, share, lists.Count));
    }

    private static double Overlap(int[] one, int[] other)
    {
        var shown = Math.Min(RankingQuality.NdcgAt, one.Length);
        return shown == 0 ? 1 : one[..shown].Intersect(other[..shown]).Count() / (double)shown;
    }
}
