using Splitrail.Models;
using Splitrail.Retrieval;
using Splitrail.Trainer.Ranker;
using Splitrail.Trainer.Ranker.Contexts;

namespace Splitrail.Trainer.Evaluation;

/// <summary>The methods under comparison, all of one retrieval model. Each ranks the whole catalogue for a context and gives its best.</summary>
/// <param name="generator">Of the model.</param>
/// <param name="excludeBoughtDays">See <see cref="RetrievalQuery.Create"/>.</param>
internal sealed class Recommenders(CandidateGenerator generator, int excludeBoughtDays = 0)
{
    public const string Popularity = "popularity";
    public const string ItemToItem = "item_to_item";
    public const string Als = "als";
    public const string ItemKnn = "item_knn";
    public const string Blend = "blend";
    public const string Pipeline = "pipeline";

    private RetrievalModel Model => generator.Model;

    /// <summary>One model's scores of all items; popularity for whom it knows nothing of, as a shop would.</summary>
    public Func<RankingContext, int[]> Single(string name) => context =>
    {
        var query = Query(context);
        var best = new int[RankingQuality.RecallAt];
        var found = 0;
        generator.Score(query, scratch => found = TopSelection.Select(ScoresOf(name, scratch, query), query.Allowed, best));
        return best[..found];
    };

    /// <summary>Candidates by the default mix in the mix's own order: what is served when the ranker is away.</summary>
    public Func<RankingContext, int[]> Candidates(string mix) => context =>
        [.. generator.Generate(Query(context), Mixes.Table.Get(mix), RankingQuality.RecallAt).Items];

    /// <summary>Candidates, features, ranker: what is served.</summary>
    public Func<RankingContext, int[]> Ranked(RankerModel ranker, int candidates)
    {
        var rows = new ContextRows(generator, candidates);
        return context =>
        {
            var (set, features) = rows.Rows(context);
            var scores = new float[set.Count];
            ranker.Score(features, scores);
            var items = (int[])set.Items.Clone();
            System.Numerics.Tensors.TensorPrimitives.Negate<float>(scores, scores);
            Array.Sort(scores, items);
            return items[..Math.Min(items.Length, RankingQuality.RecallAt)];
        };
    }

    private RetrievalQuery Query(RankingContext context) =>
        RetrievalQuery.Create(Model, context.User, context.SessionItems, context.NowMs, excludeBoughtDays);

    private static float[] ScoresOf(string name, RetrievalScratch scratch, RetrievalQuery query) => (query.Items.Count, name) switch
    {
        (0, _) or (_, Popularity) => scratch.Popularity,
        (_, ItemToItem) => scratch.Ease,
        (_, Als) => scratch.Als,
        (_, ItemKnn) => scratch.ItemKnn,
        _ => throw new ArgumentException($"Unknown method '{name}'. Known: {Popularity}, {ItemToItem}, {Als}, {ItemKnn}.", nameof(name)),
    };
}
