using System.Text.Json.Serialization;
using Splitrail.Contracts;

namespace Splitrail.ExperimentSvc.Merchandising;

/// <summary>What the owner writes of a business rule. Set, not init: generated JSON code hands init-only members their type's default when they are left out.</summary>
public sealed record DefinedRule
{
    /// <summary>As in the path; may be left out.</summary>
    public string Id { get; set; } = "";

    /// <summary>One of <see cref="RuleKinds"/>.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Why there is such a rule.</summary>
    public string Description { get; set; } = "";

    /// <summary>False keeps the rule for later.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Rules of a higher one come first, those of the same one by id.</summary>
    public int Priority { get; set; }

    /// <summary>All must hold for an item to be meant.</summary>
    public IReadOnlyList<ItemCondition> Conditions { get; set; } = [];

    /// <summary>Of boost (above 1) and bury (below 1; 0, the default, is behind all others).</summary>
    public double? Factor { get; set; }

    /// <summary>Of a pin.</summary>
    public string? ItemId { get; set; }

    /// <summary>Of a pin: its place, from 1.</summary>
    public int? Position { get; set; }

    /// <summary>Of a promotion: at least this part of the places.</summary>
    public double? Share { get; set; }

    /// <summary>Not before; null is always.</summary>
    public DateTimeOffset? From { get; set; }

    /// <summary>No longer at this moment; null is for ever.</summary>
    public DateTimeOffset? Until { get; set; }

    /// <summary>All must hold for the shopper; none is everybody.</summary>
    public IReadOnlyList<AudienceRule> Audience { get; set; } = [];

    /// <summary>As the snapshot says it.</summary>
    public BusinessRule ToSnapshot() => new(
        Id,
        Kind,
        Conditions,
        Kind == RuleKinds.Bury ? Factor ?? 0 : Factor,
        ItemId,
        Position,
        Share,
        From?.ToUnixTimeMilliseconds(),
        Until?.ToUnixTimeMilliseconds(),
        Audience.Count > 0 ? Audience : null,
        Priority);
}

/// <summary>A rule as it is stored. One that was deleted stays as its versions' last, so that none of them is given twice.</summary>
internal sealed record RuleRecord(DefinedRule Definition, bool Deleted = false);

/// <summary>Weights of a category as they are stored.</summary>
/// <param name="Weights">Null when the category has none of its own any more.</param>
internal sealed record WeightsRecord(DefinedWeights? Weights);

/// <summary>What the owner writes of a category's weights, or of <see cref="CategoryWeights.Global"/>: see <see cref="ScoreWeights"/>. What is left out weighs nothing.</summary>
public sealed record DefinedWeights
{
    public double Ranker { get; set; }

    public double UserProductAffinity { get; set; }

    public double Popularity { get; set; }

    public double Freshness { get; set; }

    public double Price { get; set; }

    public double Content { get; set; }

    [JsonIgnore]
    public double Sum => Ranker + UserProductAffinity + Popularity + Freshness + Price + Content;

    public ScoreWeights ToSnapshot() => new(Ranker, UserProductAffinity, Popularity, Freshness, Price, Content);

    public static DefinedWeights Of(ScoreWeights weights) => new()
    {
        Ranker = weights.Ranker,
        UserProductAffinity = weights.UserProductAffinity,
        Popularity = weights.Popularity,
        Freshness = weights.Freshness,
        Price = weights.Price,
        Content = weights.Content,
    };
}
