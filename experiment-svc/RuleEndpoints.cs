using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.ExperimentSvc.Access;
using Splitrail.ExperimentSvc.Api;
using Splitrail.ExperimentSvc.Audit;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Merchandising;
using Splitrail.Input;

namespace Splitrail.ExperimentSvc;

/// <summary>Business rules. Public; the gateway proxies it.</summary>
internal static class RuleEndpoints
{
    public static void MapRules(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/rules", All);
        routes.MapGet("/v1/rules/{id}", One);
        routes.MapPut("/v1/rules/{id}", Save).For(Role.Editor);
        routes.MapDelete("/v1/rules/{id}", Delete).For(Role.Editor);
        routes.MapGet("/v1/rules/{id}/history", History);
    }

    private static async Task<Ok<RuleList>> All(DefinitionStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        var set = await store.ReadAsync(cancellationToken);
        return TypedResults.Ok(new RuleList(RuleView.All(set.Merchandising, time.GetUtcNow())));
    }

    private static async Task<Results<Ok<RuleView>, ProblemHttpResult>> One(string id, DefinitionStore store, TimeProvider time, HttpResponse response, CancellationToken cancellationToken)
    {
        var set = await store.ReadAsync(cancellationToken);
        return set.Merchandising.Find(id) is { } held ? TypedResults.Ok(Tagged(held, time, response)) : MerchandisingEdits.UnknownRule(set, id).ToProblem();
    }

    private static async Task<Results<Ok<RuleView>, Created<RuleView>, ProblemHttpResult>> Save(
        string id, StrictBody<DefinedRule> body, Editor editor, TimeProvider time, HttpContext context, CancellationToken cancellationToken)
    {
        if (!body.TryGet(out var wanted, out var problem))
            return problem;
        if (!EntityTags.TryRead(context.Request, out var version, out var bad))
            return bad!.ToProblem();
        var outcome = await editor.RunAsync(MerchandisingEdits.SaveRule(id, wanted, version is 0 ? null : version, RequestActor.Of(context.Request)), cancellationToken);
        if (outcome.Refusal is { } refusal)
            return refusal.ToProblem();
        var view = Tagged(outcome.Definitions.Merchandising.Find(id)!, time, context.Response);
        return version is null or 0 ? TypedResults.Created($"/v1/rules/{id}", view) : TypedResults.Ok(view);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(string id, Editor editor, HttpRequest request, CancellationToken cancellationToken)
    {
        if (!EntityTags.TryRequire(request, out var version, out var missing))
            return missing!.ToProblem();
        var outcome = await editor.RunAsync(MerchandisingEdits.DeleteRule(id, version, RequestActor.Of(request)), cancellationToken);
        return outcome.Refusal is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();
    }

    /// <summary>Of a deleted one too.</summary>
    private static async Task<Results<Ok<History>, ProblemHttpResult>> History(string id, HistoryReader history, DefinitionStore store, CancellationToken cancellationToken)
    {
        var changes = await history.OfAsync(DefinitionKinds.Rule, id, cancellationToken);
        return changes.Count > 0 ? TypedResults.Ok(new History(id, changes)) : MerchandisingEdits.UnknownRule(await store.ReadAsync(cancellationToken), id).ToProblem();
    }

    private static RuleView Tagged(Held<RuleRecord> held, TimeProvider time, HttpResponse response)
    {
        response.Tag(held.Version);
        return RuleView.Of(held, time.GetUtcNow());
    }
}
