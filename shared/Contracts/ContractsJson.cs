using System.Text.Json;
using System.Text.Json.Serialization;

namespace Splitrail.Contracts;

/// <summary>
/// Source-generated JSON of everything that crosses a process border inside the suite: snake_case, nulls left out, unknown members
/// tolerated (a rolling upgrade has both versions talking). The gateway's public API is strict and has a context of its own.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ShopEvent))]
[JsonSerializable(typeof(ShopEventBatch))]
[JsonSerializable(typeof(ExposureBatch))]
[JsonSerializable(typeof(Impression))]
[JsonSerializable(typeof(ImpressionBatch))]
[JsonSerializable(typeof(GuestSession))]
[JsonSerializable(typeof(ContextRequest))]
[JsonSerializable(typeof(ContextResponse))]
[JsonSerializable(typeof(Batch<ContextRequest>))]
[JsonSerializable(typeof(Batch<ContextResponse>))]
[JsonSerializable(typeof(Batch<CandidateRequest>))]
[JsonSerializable(typeof(Batch<CandidateResponse>))]
[JsonSerializable(typeof(Batch<RankRequest>))]
[JsonSerializable(typeof(Batch<RankResponse>))]
[JsonSerializable(typeof(UserListRequest))]
[JsonSerializable(typeof(UserListResponse))]
[JsonSerializable(typeof(ShopStatistics))]
[JsonSerializable(typeof(CandidateRequest))]
[JsonSerializable(typeof(CandidateResponse))]
[JsonSerializable(typeof(SimilarRequest))]
[JsonSerializable(typeof(PopularRequest))]
[JsonSerializable(typeof(SearchRequest))]
[JsonSerializable(typeof(SearchResponse))]
[JsonSerializable(typeof(ScoredItemsResponse))]
[JsonSerializable(typeof(ModelSummary))]
[JsonSerializable(typeof(RankRequest))]
[JsonSerializable(typeof(RankResponse))]
[JsonSerializable(typeof(ModelCheckRequest))]
[JsonSerializable(typeof(ModelCheckResponse))]
[JsonSerializable(typeof(FeedRequest))]
[JsonSerializable(typeof(ControlFeedResponse))]
[JsonSerializable(typeof(ControlSnapshot))]
[JsonSerializable(typeof(CatalogFeedResponse))]
[JsonSerializable(typeof(CatalogItem))]
[JsonSerializable(typeof(CatalogUpsertRequest))]
[JsonSerializable(typeof(CatalogUpsertResponse))]
[JsonSerializable(typeof(Empty))]
public sealed partial class ContractsJson : JsonSerializerContext;

/// <summary>A body with nothing to say: <c>{}</c>.</summary>
public sealed record Empty;
