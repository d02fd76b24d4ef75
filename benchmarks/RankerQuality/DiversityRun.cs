using Splitrail.RankingSvc.ReRankers;
using Splitrail.Trainer.Evaluation;
using Splitrail.Trainer.Evaluation.TwoStage;
using Splitrail.Trainer.Ranker;
using Splitrail.Trainer.Ranker.Contexts;

namespace Splitrail.Benchmarks.RankerQuality;

/// <summary>What the diversity re-ranker at its default weight does to the ten items shown: their categories' entropy, and NDCG@10.</summary>
internal static class DiversityRun
{
    public const string EntropyGain = "diversity_entropy_gain";
    public const string NdcgLoss = "diversity_ndcg_loss";
    private const int Shown = RankingQuality.NdcgAt;

    public static void Measure(TwoStageStudy study, RankerModel ranker, Dictionary<string, double> figures)
    {
        var lists = study.AllItems;
        var (plain, diverse) = (Entropy(lists, study.Categories, list => list.RankedBy(ranker)), Entropy(lists, study.Categories, list => Diverse(list, ranker, study.Categories)));
        var (before, after) = (lists.Measure(ranker).Ndcg, lists.Measure(list => Diverse(list, ranker, study.Categories)).Ndcg);
        figures["diversity_entropy_before"] = plain;
        figures[EntropyGain] = (diverse / plain) - 1;
        figures[NdcgLoss] = 1 - (after / before);
    }

    private static int[] Diverse(CandidateList list, RankerModel ranker, int[] categories)
    {
        var scores = list.Scores(ranker);
        var order = Enumerable.Range(0, scores.Length).OrderByDescending(place => scores[place]).ToArray();
        var mine = Array.ConvertAll(list.Items, item => categories[item] < 0 ? Slate.NoCategory : categories[item]);
        Mmr.Choose(order, Math.Min(Shown, order.Length), scores, new CategoryLikeness(mine), (float)MmrReRanker.DefaultWeight, new float[order.Length]);
        return Array.ConvertAll(order, place => list.Items[place]);
    }

    /// <summary>Mean entropy in nats of the shown items' categories.</summary>
    private static double Entropy(RankedLists lists, int[] categories, Func<CandidateList, int[]> order)
    {
        var entropies = new double[lists.Lists.Count];
        Parallel.For(0, entropies.Length, i =>
        {
            var shown = order(lists.Lists[i]).Take(Shown).ToArray();
            entropies[i] = shown.CountBy(item => categories[item]).Sum(group => -(group.Value / (double)shown.Length) * Math.Log(group.Value / (double)shown.Length));
        });
        return entropies.Average();
    }
}
