using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Splitrail.Contracts;
using Splitrail.Gateway.Input;
using Splitrail.Gateway.Recommendations;
using Splitrail.Hosting;
using Splitrail.Input;

namespace Splitrail.Gateway;

internal static class RecommendationEndpoints
{
    public const string SnapshotHeader = "X-Snapshot-Version";

    public static void MapRecommendations(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/recommendations", Recommend)
            .WithSummary("Recommend items")
            .WithDescription("For a user, a guest with session items, or nobody in particular. Never a 5xx: fallback_level says how good the answer is.");
        routes.MapPost("/recommend", Recommend).WithSummary("Alias of POST /v1/recommendations");
        routes.MapGet("/recommend/{user_id?}", RecommendForUser)
            .WithSummary("Predicted ratings for a user")
            .WithDescription("Where the model predicts ratings, predicted_rating is one, with its uncertainty and 90 % interval; otherwise it is the score, and they are null.");
    }

    private static async Task<Results<Ok<RecommendationResponse>, ProblemHttpResult>> Recommend(
        StrictBody<RecommendationRequest> body, RecommendationPipeline pipeline, HttpResponse response)
    {
        if (!body.TryGet(out var request, out var problem))
            return problem;
        if (!RecommendationRules.TryRead(request, out var query, out var fault))
            return fault.ToProblem();
        var requestId = RequestId.Current!;
        var made = await pipeline.RunAsync(query, requestId);
        response.Headers[SnapshotHeader] = SnapshotVersion.Text(made.SnapshotVersion);
        return TypedResults.Ok(Answers.Of(made, requestId));
    }

    private static async Task<Results<Ok<UserRecommendations>, ProblemHttpResult>> RecommendForUser(
        [FromRoute(Name = "user_id"), Description("The user; an unknown one gets an answer for newcomers.")] string? userId,
        [FromQuery(Name = "top_k"), Description("How many, 1 to 500; default 10.")] string? topK,
        RecommendationPipeline pipeline,
        HttpResponse response)
    {
        var badCount = QueryRules.ReadNumber("top_k", topK, 1, RecommendationRules.MaxItems, RecommendationRules.DefaultItems, out var count);
        if ((IdRule.FaultOf("user_id", userId) ?? badCount) is { } fault)
            return fault.ToProblem();
        var requestId = RequestId.Current!;
        var made = await pipeline.RunAsync(new RecommendationQuery(userId, null, [], count, ItemFilters.Default), requestId);
        response.Headers[SnapshotHeader] = SnapshotVersion.Text(made.SnapshotVersion);
        return TypedResults.Ok(Answers.ForUser(userId!, made, requestId));
    }
}
