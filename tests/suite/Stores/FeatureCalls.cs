using Splitrail.Contracts;
using Splitrail.Tests.Suite.Servers;

namespace Splitrail.Tests.Suite.Stores;

/// <summary>The inner API of feature-svc as its callers use it.</summary>
internal static class FeatureCalls
{
    public static Task<ContextResponse> ContextAsync(this RunningService service, string? user, string? session = null) => service.PostAsync(
        InnerPaths.Context, new ContextRequest(user, session), ContractsJson.Default.ContextRequest, ContractsJson.Default.ContextResponse);

    public static Task<Batch<ContextResponse>> ContextsAsync(this RunningService service, params ContextRequest[] requests) => service.PostAsync(
        InnerPaths.ContextBatch, new Batch<ContextRequest>(requests), ContractsJson.Default.BatchContextRequest, ContractsJson.Default.BatchContextResponse);

    public static Task<CatalogFeedResponse> CatalogAsync(this RunningService service, long version) => service.PostAsync(
        InnerPaths.CatalogFeed, new FeedRequest(version), ContractsJson.Default.FeedRequest, ContractsJson.Default.CatalogFeedResponse);

    public static Task<CatalogUpsertResponse> UpsertAsync(this RunningService service, params CatalogItem[] items) => service.PostAsync(
        InnerPaths.CatalogUpsert, new CatalogUpsertRequest(items), ContractsJson.Default.CatalogUpsertRequest, ContractsJson.Default.CatalogUpsertResponse);

    public static Task<ShopStatistics> StatisticsAsync(this RunningService service) => service.PostAsync(
        InnerPaths.ShopStatistics, new Empty(), ContractsJson.Default.Empty, ContractsJson.Default.ShopStatistics);

    public static Task<UserListResponse> UsersAsync(this RunningService service, int limit, string? after = null) => service.PostAsync(
        InnerPaths.UserList, new UserListRequest(limit, after), ContractsJson.Default.UserListRequest, ContractsJson.Default.UserListResponse);

    public static Task<string> DeliverAsync(this RunningService service, params ShopEvent[] events) =>
        service.DeliverAsync("/events/interactions", new ShopEventBatch(events), ContractsJson.Default.ShopEventBatch);
}
