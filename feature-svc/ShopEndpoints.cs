using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.Contracts;
using Splitrail.FeatureSvc.Shop;

namespace Splitrail.FeatureSvc;

internal static class ShopEndpoints
{
    private const int MostUsers = 10_000;

    public static void MapShop(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(InnerPaths.ShopStatistics, Statistics);
        routes.MapPost(InnerPaths.UserList, Users);
    }

    private static async Task<JsonHttpResult<ShopStatistics>> Statistics(ShopReader shop, CancellationToken cancellationToken) =>
        TypedResults.Json(await shop.StatisticsAsync(cancellationToken), ContractsJson.Default.ShopStatistics);

    private static async Task<JsonHttpResult<UserListResponse>> Users(UserListRequest request, ShopReader shop, CancellationToken cancellationToken)
    {
        var users = await shop.UsersAsync(Math.Clamp(request.Limit, 0, MostUsers), request.After, cancellationToken);
        var total = (await shop.StatisticsAsync(cancellationToken)).Users;
        return TypedResults.Json(new UserListResponse(users, total), ContractsJson.Default.UserListResponse);
    }
}
