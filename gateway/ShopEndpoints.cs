using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.Gateway.Assignment;
using Splitrail.Gateway.Inner;
using Splitrail.Gateway.Input;
using Splitrail.Gateway.Shop;

namespace Splitrail.Gateway;

internal static class ShopEndpoints
{
    private const int MaxUsers = 1000;
    private const int DefaultUsers = 20;

    public static void MapShop(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/users", Users).WithSummary("Known users, in order of id").ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        routes.MapGet("/stats", Statistics).WithSummary("Users, items and events of the shop").ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        routes.MapGet("/model/info", Model).WithSummary("The model in production").ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Results<Ok<UserPage>, ProblemHttpResult>> Users(
        [FromQuery(Name = "limit"), Description("How many, 1 to 1000; default 20.")] string? limit,
        [FromQuery(Name = "after"), Description("The last user of the page before.")] string? after,
        InnerServices services,
        GatewayOptions options,
        TimeProvider time,
        HttpResponse response)
    {
        var bad = QueryRules.ReadNumber("limit", limit, 1, MaxUsers, DefaultUsers, out var count);
        if ((IdRule.FaultOfOptional("after", after) ?? bad) is { } wrong)
            return wrong.ToProblem();
        using var deadline = new CancellationTokenSource(options.BrowseTimeout, time);
        return (await services.UsersAsync(new UserListRequest(count, after), deadline.Token)).TryGetValue(out var page, out var fault)
            ? TypedResults.Ok(new UserPage(page.Users ?? [], page.Total))
            : Unavailable.Problem(response, "feature-svc, which knows the users, does not answer.", fault);
    }

    private static async Task<Results<Ok<ShopSummary>, ProblemHttpResult>> Statistics(
        InnerServices services, CatalogFeed catalog, ControlPlane control, GatewayOptions options, TimeProvider time, HttpResponse response)
    {
        using var deadline = new CancellationTokenSource(options.BrowseTimeout, time);
        return (await services.StatisticsAsync(deadline.Token)).TryGetValue(out var statistics, out var fault)
            ? TypedResults.Ok(ShopSummary.Of(statistics, catalog.Version, control.Current.Snapshot))
            : Unavailable.Problem(response, "feature-svc, which counts users and events, does not answer.", fault);
    }

    private static async Task<Results<Ok<ModelShown>, ProblemHttpResult>> Model(
        InnerServices services, GatewayOptions options, TimeProvider time, HttpResponse response)
    {
        using var deadline = new CancellationTokenSource(options.BrowseTimeout, time);
        return (await services.ModelAsync(deadline.Token)).TryGetValue(out var model, out var fault)
            ? TypedResults.Ok(ModelShown.Of(model))
            : Unavailable.Problem(response, "candidate-svc, which serves the model, does not answer.", fault);
    }
}
