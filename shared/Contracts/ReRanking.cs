namespace Splitrail.Contracts;

/// <summary>Options of the re-rankers; null takes the default. One that a request's re-rankers do not use has no effect.</summary>
/// <param name="DiversityWeight">Of <c>mmr</c>, 0..1: how much likeness to what stands above costs. Default 0.3; 0 changes nothing.</param>
/// <param name="DiversityBy">Of <c>mmr</c>: one of <see cref="Likeness"/>. Default <see cref="Likeness.Category"/>.</param>
/// <param name="MaxPerCategory">Of <c>category_caps</c>, 1..500. Default 3.</param>
/// <param name="FreshnessWeight">Of <c>freshness</c>, 0..1. Default 0.2.</param>
/// <param name="FreshnessHalfLifeDays">Of <c>freshness</c>: after so many days half of the bonus is left, above 0. Default 30.</param>
/// <param name="PriceBand">Of <c>price_band</c>, 1..100: from usual / band to usual x band is as usual. Default 2.</param>
/// <param name="PriceWeight">Of <c>price_band</c>, 0..1: what a price outside the band costs. Default 0.2.</param>
/// <param name="ExplorationShare">Of <c>exploration</c>, 0..0.5: share of the places. Default 0.1.</param>
/// <param name="ExplorationMaxAgeDays">Of <c>exploration</c>: only items that are no older. Default 14.</param>
/// <param name="ExplorationSeed">Of <c>exploration</c>: another one draws other items. Default empty.</param>
public sealed record ReRankOptions(
    double? DiversityWeight = null,
    string? DiversityBy = null,
    int? MaxPerCategory = null,
    double? FreshnessWeight = null,
    double? FreshnessHalfLifeDays = null,
    double? PriceBand = null,
    double? PriceWeight = null,
    double? ExplorationShare = null,
    double? ExplorationMaxAgeDays = null,
    string? ExplorationSeed = null)
{
    public static ReRankOptions Default { get; } = new();
}

/// <summary>By what <c>mmr</c> says that two items are alike.</summary>
public static class Likeness
{
    /// <summary>1 in one category, else 0.</summary>
    public const string Category = "category";

    /// <summary>Cosine of the model's item vectors, at least 0; what the model does not know is like nothing.</summary>
    public const string Vectors = "vectors";

    /// <summary>The mean of the two.</summary>
    public const string Both = "both";

    public static IReadOnlyList<string> All { get; } = [Category, Vectors, Both];
}
