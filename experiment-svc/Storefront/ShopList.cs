using System.Text.Json.Serialization;
using Splitrail.Contracts;

namespace Splitrail.ExperimentSvc.Storefront;

/// <summary>A list as the gateway answers it: recommendations, similar, popular and search have these members in common.</summary>
public sealed record ShopList
{
    public IReadOnlyList<ShopItem>? Recommendations { get; set; }

    public IReadOnlyList<ShopItem>? Items { get; set; }

    public string? ModelVersion { get; set; }

    public string? CandidateModelVersion { get; set; }

    public IReadOnlyList<ShopArm>? Experiments { get; set; }

    public int FallbackLevel { get; set; }

    public string? FallbackCause { get; set; }

    public string? Reason { get; set; }

    public string? RequestId { get; set; }

    public double LatencyMs { get; set; }

    public int Total { get; set; }

    public bool? AllWords { get; set; }

    public string? DidYouMean { get; set; }

    public SearchFacets? Facets { get; set; }

    public ShopListExplanation? Explanation { get; set; }

    /// <summary>The items, best first, whatever the list is called.</summary>
    [JsonIgnore]
    public IReadOnlyList<ShopItem> Shown => Recommendations ?? Items ?? [];
}

public sealed record ShopListExplanation(string? Ranker, string? ReRanker, IReadOnlyList<RuleEffect>? Rules);

public sealed record ShopArm(string Id, string Arm);

public sealed record ShopItem
{
    public string ItemId { get; set; } = "";

    public double Score { get; set; }

    public ShopItemText? Metadata { get; set; }

    public IReadOnlyList<string>? Sources { get; set; }

    public string? Reason { get; set; }

    public IReadOnlyDictionary<string, double>? Signals { get; set; }

    public ItemExplanation? Explanation { get; set; }

    /// <summary>Stars that the model expects; null where it predicts none.</summary>
    public double? PredictedRating { get; set; }

    /// <summary>Standard deviation of the stars that would be given; null where the model does not know its own spread.</summary>
    public double? Uncertainty { get; set; }

    /// <summary>Where nine of ten such ratings lie: [low, high].</summary>
    public IReadOnlyList<double>? ConfidenceInterval { get; set; }

    [JsonIgnore]
    public string Title => Metadata?.Title is { Length: > 0 } title ? title : ItemId;

    [JsonIgnore]
    public string Category => Metadata?.Category ?? "";
}

public sealed record ShopItemText(string? Title, decimal? Price, string? Category, IReadOnlyDictionary<string, string>? Attributes);
