using System.Text.Json.Serialization.Metadata;
using Splitrail.Contracts;
using Splitrail.Dapr;

namespace Splitrail.Gateway.Inner;

/// <summary>The calls the gateway makes through its sidecar, each timed and remembered for /health.</summary>
internal sealed class InnerServices(DaprClient dapr, CallLedger ledger, GatewayMetrics metrics, TimeProvider time)
{
    private static readonly Empty s_empty = new();

    public Task<DaprResult<ContextResponse>> ContextAsync(ContextRequest request, CancellationToken cancellationToken) =>
        CallAsync(Stages.Context, AppIds.Feature, InnerPaths.Context, request,
            ContractsJson.Default.ContextRequest, ContractsJson.Default.ContextResponse, cancellationToken);

    public Task<DaprResult<CandidateResponse>> CandidatesAsync(CandidateRequest request, CancellationToken cancellationToken) =>
        CallAsync(Stages.Candidates, AppIds.Candidate, InnerPaths.Candidates, request,
            ContractsJson.Default.CandidateRequest, ContractsJson.Default.CandidateResponse, cancellationToken);

    public Task<DaprResult<RankResponse>> RankAsync(RankRequest request, CancellationToken cancellationToken) =>
        CallAsync(Stages.Ranking, AppIds.Ranking, InnerPaths.Rank, request,
            ContractsJson.Default.RankRequest, ContractsJson.Default.RankResponse, cancellationToken);

    public Task<DaprResult<ScoredItemsResponse>> SimilarAsync(SimilarRequest request, CancellationToken cancellationToken) =>
        CallAsync(Stages.Similar, AppIds.Candidate, InnerPaths.Similar, request,
            ContractsJson.Default.SimilarRequest, ContractsJson.Default.ScoredItemsResponse, cancellationToken);

    public Task<DaprResult<ScoredItemsResponse>> PopularAsync(PopularRequest request, CancellationToken cancellationToken) =>
        CallAsync(Stages.Popular, AppIds.Candidate, InnerPaths.Popular, request,
            ContractsJson.Default.PopularRequest, ContractsJson.Default.ScoredItemsResponse, cancellationToken);

    public Task<DaprResult<ScoredItemsResponse>> SearchAsync(SearchRequest request, CancellationToken cancellationToken) =>
        CallAsync(Stages.Search, AppIds.Candidate, InnerPaths.Search, request,
            ContractsJson.Default.SearchRequest, ContractsJson.Default.ScoredItemsResponse, cancellationToken);

    public Task<DaprResult<ModelSummary>> ModelAsync(CancellationToken cancellationToken) =>
        CallAsync(Stages.Model, AppIds.Candidate, InnerPaths.ModelSummary, s_empty,
            ContractsJson.Default.Empty, ContractsJson.Default.ModelSummary, cancellationToken);

    public Task<DaprResult<ShopStatistics>> StatisticsAsync(CancellationToken cancellationToken) =>
        CallAsync(Stages.Statistics, AppIds.Feature, InnerPaths.ShopStatistics, s_empty,
            ContractsJson.Default.Empty, ContractsJson.Default.ShopStatistics, cancellationToken);

    public Task<DaprResult<UserListResponse>> UsersAsync(UserListRequest request, CancellationToken cancellationToken) =>
        CallAsync(Stages.Users, AppIds.Feature, InnerPaths.UserList, request,
            ContractsJson.Default.UserListRequest, ContractsJson.Default.UserListResponse, cancellationToken);

    /// <summary>Asks for the control feed's version that is held already: the least experiment-svc can be asked.</summary>
    public Task<DaprResult<ControlFeedResponse>> ControlAsync(long version, CancellationToken cancellationToken) =>
        CallAsync(Stages.Control, AppIds.Experiment, InnerPaths.ControlFeed, new FeedRequest(version),
            ContractsJson.Default.FeedRequest, ContractsJson.Default.ControlFeedResponse, cancellationToken);

    private async Task<DaprResult<TResponse>> CallAsync<TRequest, TResponse>(
        string stage,
        string appId,
        string path,
        TRequest request,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<TResponse> responseType,
        CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var result = await dapr.InvokeMethodAsync(appId, path, request, requestType, responseType, cancellationToken);
        metrics.Stage(stage, time.GetElapsedTime(started), result.IsSuccess);
        ledger.Record(appId, result.Fault);
        return result;
    }
}

/// <summary>Names of the calls: tags of metrics and first words of fallback causes.</summary>
internal static class Stages
{
    public const string Context = "context";
    public const string Candidates = "candidates";
    public const string Ranking = "ranking";
    public const string Similar = "similar";
    public const string Popular = "popular";
    public const string Search = "search";
    public const string Model = "model";
    public const string Statistics = "statistics";
    public const string Users = "users";
    public const string Control = "control";
}
