namespace Splitrail.Contracts;

/// <summary>Outcomes of the inner endpoints; they travel in bodies of 200 answers.</summary>
public static class Outcomes
{
    public const string Found = "found";
    public const string UnknownUser = "unknown_user";
    public const string UnknownItem = "unknown_item";
    public const string UnknownModel = "unknown_model";
    public const string NotReady = "not_ready";
    public const string Unchanged = "unchanged";
    public const string Changed = "changed";
    public const string Accepted = "accepted";
    public const string Invalid = "invalid";

    /// <summary>Under way: ask again.</summary>
    public const string Pending = "pending";
}

/// <summary>Restrictions that hold for every item of the answer.</summary>
/// <param name="Categories">Any of these; null or empty means all.</param>
/// <param name="MinPrice">Inclusive.</param>
/// <param name="MaxPrice">Inclusive.</param>
/// <param name="InStockOnly">Default true.</param>
/// <param name="ExcludeItems">Never these.</param>
/// <param name="ExcludeBoughtDays">Items bought within so many days are left out; 0 turns that off. Default 30.</param>
/// <param name="ExcludeViewedDays">Items the shopper had anything to do with within so many days are left out when lists are ranked and served; 0, the default, turns that off.</param>
public sealed record ItemFilters(
    IReadOnlyList<string>? Categories = null,
    decimal? MinPrice = null,
    decimal? MaxPrice = null,
    bool InStockOnly = true,
    IReadOnlyList<string>? ExcludeItems = null,
    int ExcludeBoughtDays = 30,
    int ExcludeViewedDays = 0)
{
    public static ItemFilters Default { get; } = new();
}

/// <summary>Body of <see cref="InnerPaths.Candidates"/>.</summary>
/// <param name="Context">The user's context; empty for a guest or when feature-svc is away.</param>
/// <param name="SessionItems">Items the request itself carries, oldest first; a guest's only history.</param>
/// <param name="Count">How many candidates are wanted.</param>
/// <param name="Filters">See <see cref="ItemFilters"/>.</param>
/// <param name="Mix">Name of the mix of sources, from the arm's parameters; null means the default.</param>
/// <param name="Personal">False leaves the personal sources out (the kill switch, and fallback level 2).</param>
/// <param name="NowMs">The request's time, one for all stages.</param>
/// <param name="Model">The version that shall make them, by the caller's snapshot; null is production. The answer says which one did.</param>
/// <param name="Seed">Of what is drawn by chance; null draws by the time.</param>
public sealed record CandidateRequest(
    UserContext Context,
    IReadOnlyList<string> SessionItems,
    int Count,
    ItemFilters Filters,
    string? Mix,
    bool Personal,
    long NowMs,
    string? Model = null,
    long? Seed = null);

/// <summary>Answer of <see cref="InnerPaths.Candidates"/>.</summary>
/// <param name="Outcome"><c>found</c> or <c>not_ready</c>.</param>
/// <param name="ModelVersion">The model that made them.</param>
/// <param name="Candidates">Best first by the mix's own score, with the signals the ranker's features need.</param>
/// <param name="Replica">Who answers; null from one that has no model, or is of an older release.</param>
/// <param name="Ratings">What the user would rate them; null where the model predicts no ratings.</param>
public sealed record CandidateResponse(string Outcome, string? ModelVersion, CandidateColumns Candidates, ReplicaState? Replica = null, RatingColumns? Ratings = null);

/// <summary>Body of <see cref="InnerPaths.Similar"/>.</summary>
public sealed record SimilarRequest(string ItemId, int Count, ItemFilters Filters);

/// <summary>Body of <see cref="InnerPaths.Popular"/>.</summary>
public sealed record PopularRequest(int Count, ItemFilters Filters);

/// <summary>A plain list of scored items: answer of similar and popular.</summary>
public sealed record ScoredItemsResponse(string Outcome, string? ModelVersion, IReadOnlyList<ScoredItem> Items);

public sealed record ScoredItem(string ItemId, float Score);

/// <summary>Answer of <see cref="InnerPaths.ModelSummary"/>: what is loaded.</summary>
public sealed record ModelSummary(
    string Outcome,
    string? ModelVersion,
    DateTimeOffset? TrainedAt,
    string? FeatureSet,
    int Items,
    long TrainingEvents,
    IReadOnlyDictionary<string, double>? Metrics);
