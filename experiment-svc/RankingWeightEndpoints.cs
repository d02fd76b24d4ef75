using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.ExperimentSvc.Access;
using Splitrail.ExperimentSvc.Api;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Merchandising;
using Splitrail.Input;

namespace Splitrail.ExperimentSvc;

/// <summary>Ranking weights, globally and by category. Public; the gateway proxies it. A category's name may hold slashes, so it is the rest of the path.</summary>
internal static class RankingWeightEndpoints
{
    public static void MapRankingWeights(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/ranking/weights", All);
        routes.MapGet("/v1/ranking/weights/{**category}", One);
        routes.MapPut("/v1/ranking/weights/{**category}", Save).For(Role.Editor);
        routes.MapDelete("/v1/ranking/weights/{**category}", Delete).For(Role.Editor);
    }

    private static async Task<Ok<WeightsList>> All(DefinitionStore store, CancellationToken cancellationToken)
    {
        var set = (await store.ReadAsync(cancellationToken)).Merchandising;
        return TypedResults.Ok(new WeightsList(WeightsView.All(set)));
    }

    private static async Task<Ok<WeightsView>> One(string category, DefinitionStore store, HttpResponse response, CancellationToken cancellationToken) =>
        TypedResults.Ok(Tagged((await store.ReadAsync(cancellationToken)).Merchandising, category, response));

    private static async Task<Results<Ok<WeightsView>, ProblemHttpResult>> Save(
        string category, StrictBody<DefinedWeights> body, Editor editor, HttpContext context, CancellationToken cancellationToken)
    {
        if (!body.TryGet(out var wanted, out var problem))
            return problem;
        if (!EntityTags.TryRead(context.Request, out var version, out var bad))
            return bad!.ToProblem();
        var outcome = await editor.RunAsync(MerchandisingEdits.SaveWeights(category, wanted, version is 0 ? null : version, RequestActor.Of(context.Request)), cancellationToken);
        return outcome.Refusal is { } refusal ? refusal.ToProblem() : TypedResults.Ok(Tagged(outcome.Definitions.Merchandising, category, context.Response));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(string category, Editor editor, HttpRequest request, CancellationToken cancellationToken)
    {
        if (!EntityTags.TryRequire(request, out var version, out var missing))
            return missing!.ToProblem();
        var outcome = await editor.RunAsync(MerchandisingEdits.DeleteWeights(category, version, RequestActor.Of(request)), cancellationToken);
        return outcome.Refusal is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();
    }

    private static WeightsView Tagged(MerchandisingSet set, string category, HttpResponse response)
    {
        var view = WeightsView.Of(set, category);
        if (!view.Inherited)
            response.Tag(view.Version);
        return view;
    }
}
