using Splitrail.Policies;

namespace Splitrail.Retrieval;

/// <summary>The built-in mixes by name.</summary>
public static class Mixes
{
    public const string Default = "default";
    public const string Popular = "popular";
    public const string Als = "als";
    public const string ItemToItem = "item_to_item";
    public const string Explore = "explore";

    // Measured on sessions with 1, 3 and 5 items and on users: the more there is to sum, the more popularity may say beside it.
    private static readonly BlendWeights s_cold = new(Als: 0f, Ease: 1f, ItemKnn: 0f, Popularity: 0.05f);
    private static readonly BlendWeights s_warm = new(Als: 0.7f, Ease: 0.3f, ItemKnn: 0f, Popularity: 2.5f);

    private static readonly SourceQuota[] s_all =
    [
        new(CandidateSources.Als, 100),
        new(CandidateSources.ItemToItem, 100),
        new(CandidateSources.ItemKnn, 60),
        new(CandidateSources.Popular, 60),
        new(CandidateSources.Recent, 60),
    ];

    public static PolicyTable<Mix> Table { get; } = new(
        "mix",
        [
            new Mix(Default, s_all, s_cold, s_warm),
            new Mix(Explore, [.. s_all, new(CandidateSources.Cold, 20)], s_cold, s_warm),
            Single(Popular, CandidateSources.Popular, new BlendWeights(0, 0, 0, 1)),
            Single(Als, CandidateSources.Als, new BlendWeights(1, 0, 0, 0)),
            Single(ItemToItem, CandidateSources.ItemToItem, new BlendWeights(0, 1, 0, 0)),
        ]);

    // Backed by popularity at a weight that never outvotes the source: without a history it is all there is.
    private static Mix Single(string name, string source, BlendWeights weights)
    {
        var backed = weights with { Popularity = MathF.Max(weights.Popularity, 1e-6f) };
        return new Mix(name, [new(source, 300), new(CandidateSources.Popular, 100)], backed, backed);
    }
}
