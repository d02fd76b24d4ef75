using System.Collections.Frozen;
using Splitrail.Contracts;

namespace Splitrail.RankingSvc.Weights;

/// <summary>Ranking weights of one control snapshot.</summary>
internal sealed class WeightBook
{
    private readonly FrozenDictionary<string, ScoreWeights> _byCategory;
    private readonly ScoreWeights _global;

    private WeightBook(FrozenDictionary<string, ScoreWeights> byCategory, ScoreWeights global)
    {
        _byCategory = byCategory;
        _global = global;
        IsRankerAlone = IsDefault(global) && byCategory.Values.All(IsDefault);
    }

    /// <summary>Nothing is to be weighed: scores stay the ranker's.</summary>
    public bool IsRankerAlone { get; }

    public static WeightBook Of(ControlSnapshot? snapshot)
    {
        var weights = snapshot?.Weights ?? [];
        return new WeightBook(
            weights.Where(static one => one.Category != CategoryWeights.Global).DistinctBy(static one => one.Category, StringComparer.OrdinalIgnoreCase)
                .ToFrozenDictionary(static one => one.Category, static one => one.Weights, StringComparer.OrdinalIgnoreCase),
            weights.FirstOrDefault(static one => one.Category == CategoryWeights.Global)?.Weights ?? ScoreWeights.Default);
    }

    public ScoreWeights For(string category) => _byCategory.GetValueOrDefault(category, _global);

    private static bool IsDefault(ScoreWeights weights) => weights is { Ranker: > 0, UserProductAffinity: 0, Popularity: 0, Freshness: 0, Price: 0, Content: 0 };
}
