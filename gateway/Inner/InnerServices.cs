using System.Text.Json.Serialization.Metadata;
using Splitrail.Contracts;
using Splitrail.Dapr;

namespace Splitrail.Gateway.Inner;

/// <summary>The calls the gateway makes through its sidecar, each timed and remembered for /health. Those of a recommendation are gathered.</summary>
internal sealed class InnerServices
{
    private static readonly Empty s_empty = new();

    private readonly DaprClient _dapr;
    private readonly CallLedger _ledger;
    private readonly ReplicaBook _replicas;
    private readonly GatewayMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly GatheredCalls<ContextRequest, ContextResponse> _contexts;
    private readonly GatheredCalls<CandidateRequest, CandidateResponse> _candidates;
    private readonly GatheredCalls<RankRequest, RankResponse> _rankings;

    public InnerServices(DaprClient dapr, CallLedger ledger, ReplicaBook replicas, GatewayMetrics metrics, GatewayOptions options, TimeProvider time)
    {
        (_dapr, _ledger, _replicas, _metrics, _time) = (dapr, ledger, replicas, metrics, time);
        _contexts = Gathered(
            new Call<ContextRequest, ContextResponse>(Stages.Context, AppIds.Feature, InnerPaths.Context, ContractsJson.Default.ContextRequest, ContractsJson.Default.ContextResponse),
            InnerPaths.ContextBatch, ContractsJson.Default.BatchContextRequest, ContractsJson.Default.BatchContextResponse, options, options.StageTimeouts.Context);
        _candidates = Gathered(
            new Call<CandidateRequest, CandidateResponse>(Stages.Candidates, AppIds.Candidate, InnerPaths.Candidates, ContractsJson.Default.CandidateRequest, ContractsJson.Default.CandidateResponse),
            InnerPaths.CandidatesBatch, ContractsJson.Default.BatchCandidateRequest, ContractsJson.Default.BatchCandidateResponse, options, options.StageTimeouts.Candidates);
        _rankings = Gathered(
            new Call<RankRequest, RankResponse>(Stages.Ranking, AppIds.Ranking, InnerPaths.Rank, ContractsJson.Default.RankRequest, ContractsJson.Default.RankResponse),
            InnerPaths.RankBatch, ContractsJson.Default.BatchRankRequest, ContractsJson.Default.BatchRankResponse, options, options.StageTimeouts.Ranking);
    }

    public Task<DaprResult<ContextResponse>> ContextAsync(ContextRequest request, CancellationToken cancellationToken) =>
        TimedAsync(Stages.Context, _contexts.CallAsync(request, cancellationToken));

    public async Task<DaprResult<CandidateResponse>> CandidatesAsync(CandidateRequest request, CancellationToken cancellationToken)
    {
        var result = await TimedAsync(Stages.Candidates, _candidates.CallAsync(request, cancellationToken));
        if (result.TryGetValue(out var response, out _))
            _replicas.Candidates(response.Replica);
        return result;
    }

    public async Task<DaprResult<RankResponse>> RankAsync(RankRequest request, CancellationToken cancellationToken)
    {
        var result = await TimedAsync(Stages.Ranking, _rankings.CallAsync(request, cancellationToken));
        if (result.TryGetValue(out var response, out _))
            _replicas.Ranks(response.Replica);
        return result;
    }

    public Task<DaprResult<ScoredItemsResponse>> SimilarAsync(SimilarRequest request, CancellationToken cancellationToken) =>
        CallAsync(Stages.Similar, AppIds.Candidate, InnerPaths.Similar, request,
            ContractsJson.Default.SimilarRequest, ContractsJson.Default.ScoredItemsResponse, cancellationToken);

    public Task<DaprResult<ScoredItemsResponse>> PopularAsync(PopularRequest request, CancellationToken cancellationToken) =>
        CallAsync(Stages.Popular, AppIds.Candidate, InnerPaths.Popular, request,
            ContractsJson.Default.PopularRequest, ContractsJson.Default.ScoredItemsResponse, cancellationToken);

    public Task<DaprResult<SearchResponse>> SearchAsync(SearchRequest request, CancellationToken cancellationToken) =>
        CallAsync(Stages.Search, AppIds.Candidate, InnerPaths.Search, request,
            ContractsJson.Default.SearchRequest, ContractsJson.Default.SearchResponse, cancellationToken);

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

    private GatheredCalls<TRequest, TResponse> Gathered<TRequest, TResponse>(
        Call<TRequest, TResponse> call,
        string batchPath,
        JsonTypeInfo<Batch<TRequest>> requests,
        JsonTypeInfo<Batch<TResponse>> responses,
        GatewayOptions options,
        TimeSpan patience)
    {
        var batch = new Call<Batch<TRequest>, Batch<TResponse>>(call.Stage, call.AppId, batchPath, requests, responses);
        return new(
            (request, token) => SendAsync(call, request, token),
            async (several, token) =>
            {
                _metrics.Gathered(call.Stage, several.Count);
                var result = await SendAsync(batch, new Batch<TRequest>(several), token);
                return result.TryGetValue(out var answers, out var fault) ? new DaprResult<IReadOnlyList<TResponse>>(answers.Entries ?? []) : fault;
            },
            options.CallsAtOnce,
            options.CallsGathered,
            patience);
    }

    private Task<DaprResult<TResponse>> CallAsync<TRequest, TResponse>(
        string stage,
        string appId,
        string path,
        TRequest request,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<TResponse> responseType,
        CancellationToken cancellationToken) =>
        TimedAsync(stage, SendAsync(new Call<TRequest, TResponse>(stage, appId, path, requestType, responseType), request, cancellationToken));

    private async Task<DaprResult<TResponse>> SendAsync<TRequest, TResponse>(Call<TRequest, TResponse> call, TRequest request, CancellationToken cancellationToken)
    {
        var result = await _dapr.InvokeMethodAsync(call.AppId, call.Path, request, call.Request, call.Response, cancellationToken);
        _ledger.Record(call.AppId, result.Fault);
        return result;
    }

    /// <summary>As the request sees it, with what it waited for others.</summary>
    private async Task<DaprResult<TResponse>> TimedAsync<TResponse>(string stage, Task<DaprResult<TResponse>> call)
    {
        var started = _time.GetTimestamp();
        var result = await call;
        _metrics.Stage(stage, _time.GetElapsedTime(started), result.IsSuccess);
        return result;
    }

    private readonly record struct Call<TRequest, TResponse>(
        string Stage, string AppId, string Path, JsonTypeInfo<TRequest> Request, JsonTypeInfo<TResponse> Response);
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
