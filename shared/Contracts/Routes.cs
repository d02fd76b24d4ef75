namespace Splitrail.Contracts;

/// <summary>App-ids: a folder, its app-id, its image and its values key carry one name.</summary>
public static class AppIds
{
    public const string Gateway = "gateway";
    public const string Candidate = "candidate-svc";
    public const string Ranking = "ranking-svc";
    public const string Experiment = "experiment-svc";
    public const string Feature = "feature-svc";

    public static IReadOnlyList<string> All { get; } = [Gateway, Candidate, Ranking, Experiment, Feature];
}

/// <summary>
/// The inner data plane. Every path is fixed (ids travel in bodies) because the sidecar's circuit breaker is kept per app and path,
/// and every expected outcome answers 200 because the breaker counts 4xx as failures.
/// </summary>
public static class InnerPaths
{
    public const string Context = "/v1/context";
    public const string ContextBatch = "/v1/context/batch";
    public const string CatalogFeed = "/v1/feeds/catalog";
    public const string CatalogUpsert = "/v1/catalog";
    public const string ShopStatistics = "/v1/shop/statistics";
    public const string UserList = "/v1/shop/users";
    public const string Candidates = "/v1/candidates";
    public const string CandidatesBatch = "/v1/candidates/batch";
    public const string Similar = "/v1/similar";
    public const string Popular = "/v1/popular";
    public const string Search = "/v1/search";
    public const string ModelSummary = "/v1/model";
    public const string Rank = "/v1/rank";
    public const string RankBatch = "/v1/rank/batch";
    public const string ModelCheck = "/v1/models/check";
    public const string ControlFeed = "/v1/feeds/control";
}

/// <summary>Paths of the gateway's public API that experiment-svc asks for: its pages show what a shopper gets.</summary>
public static class PublicPaths
{
    public const string Recommendations = "/v1/recommendations";
    public const string Preview = "/v1/recommendations/preview";
    public const string Popular = "/v1/popular";
    public const string Search = "/v1/search";
    public const string Items = "/v1/items";
    public const string Events = "/v1/events";
    public const string Users = "/users";

    /// <summary>Proves to the gateway that a preview comes from the console.</summary>
    public const string PreviewKeyHeader = "X-Preview-Key";
}

/// <summary>Topics of the broker, and the name of the pub/sub component they live on.</summary>
public static class Topics
{
    public const string PubSub = "pubsub";

    /// <summary>Of <see cref="Impressions"/> alone: its messages are a hundred times larger than others, and fewer of them are kept.</summary>
    public const string ListsPubSub = "lists";

    public const string Interactions = "interactions";
    public const string Exposures = "exposures";
    public const string Impressions = "impressions";
}

/// <summary>Names of the other Dapr components.</summary>
public static class Components
{
    public const string StateStore = "statestore";
}
