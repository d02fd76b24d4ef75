using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.ExperimentSvc.Access;
using Splitrail.ExperimentSvc.Api;
using Splitrail.ExperimentSvc.Control;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Planning;
using Splitrail.Input;

namespace Splitrail.ExperimentSvc;

/// <summary>Public; the gateway proxies it.</summary>
internal static class ExperimentEndpoints
{
    public static void MapExperiments(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/experiments", List);
        routes.MapPost("/v1/experiments", Create).For(Role.Editor);
        routes.MapPost("/v1/experiments/validate", Validate).For(Role.Viewer);
        routes.MapGet("/v1/experiments/{id}", Get);
        routes.MapPut("/v1/experiments/{id}", Save).For(Role.Editor);
        routes.MapPost("/v1/experiments/{id}/preview", PreviewOf).For(Role.Viewer);
    }

    private static async Task<Results<Ok<ExperimentList>, ProblemHttpResult>> List(string? state, ExperimentReader reader, CancellationToken cancellationToken)
    {
        if (state is not null && ExperimentStates.Find(state) is null)
            return Refusal.Bad("state", state, $"must be one of {string.Join(", ", ExperimentStates.Names)}").ToProblem();
        return TypedResults.Ok(await reader.ListAsync(state, cancellationToken));
    }

    private static async Task<Results<Ok<ExperimentView>, ProblemHttpResult>> Get(
        string id, DefinitionStore store, ExperimentReader reader, HttpResponse response, CancellationToken cancellationToken)
    {
        var set = await store.ReadAsync(cancellationToken);
        if (!set.Experiments.TryGetValue(id, out var held))
            return Refusal.Unknown("experiment", id, set.Experiments.Keys).ToProblem();
        response.Tag(held.Version);
        return TypedResults.Ok(await reader.ViewAsync(held, null, cancellationToken));
    }

    private static async Task<Results<Created<SavedExperiment>, ProblemHttpResult>> Create(
        StrictBody<DefinedExperiment> body, Editor editor, ExperimentReader reader, HttpContext context, CancellationToken cancellationToken)
    {
        if (!body.TryGet(out var wanted, out var problem))
            return problem;
        var outcome = await editor.RunAsync(ExperimentEdits.Create(wanted, RequestActor.Of(context.Request)), cancellationToken);
        if (outcome.Refusal is { } refusal)
            return refusal.ToProblem();
        return TypedResults.Created($"/v1/experiments/{wanted.Id}", await Answers.ReadAsync(outcome, wanted.Id, reader, context.Response, cancellationToken, wanted));
    }

    private static async Task<Results<Ok<SavedExperiment>, ProblemHttpResult>> Save(
        string id, StrictBody<DefinedExperiment> body, Editor editor, ExperimentReader reader, HttpContext context, CancellationToken cancellationToken)
    {
        if (!body.TryGet(out var wanted, out var problem))
            return problem;
        if (!EntityTags.TryRequire(context.Request, out var version, out var refusal))
            return refusal!.ToProblem();
        var outcome = await editor.RunAsync(ExperimentEdits.Save(id, wanted, version, RequestActor.Of(context.Request)), cancellationToken);
        return await Answers.SavedAsync(outcome, id, reader, context.Response, cancellationToken, wanted);
    }

    private static async Task<Results<Ok<Preview>, ProblemHttpResult>> PreviewOf(
        string id, StrictBody<DefinedExperiment> body, EditPreview previews, HttpRequest request, CancellationToken cancellationToken)
    {
        if (!body.TryGet(out var wanted, out var problem))
            return problem;
        var (preview, refusal) = await previews.OfAsync(id, wanted, RequestActor.Of(request), cancellationToken);
        return refusal is null ? TypedResults.Ok(preview) : refusal.ToProblem();
    }

    private static async Task<Results<Ok<Validation>, ProblemHttpResult>> Validate(
        StrictBody<DefinedExperiment> body, DefinitionStore store, ExperimentOptions options, TimeProvider time, HttpRequest request, CancellationToken cancellationToken)
    {
        if (!body.TryGet(out var wanted, out var problem))
            return problem;
        var set = await store.ReadAsync(cancellationToken);
        var actor = RequestActor.Of(request);
        var edit = set.Experiments.TryGetValue(wanted.Id, out var held)
            ? ExperimentEdits.Save(wanted.Id, wanted, held.Version, actor)
            : ExperimentEdits.Create(wanted, actor);
        var result = edit.Check(set, new EditMoment(time.GetUtcNow().ToUnixTimeMilliseconds(), options.RequireApproval));
        var split = result.Next?.Experiments[wanted.Id].Value is { } saved ? SplitView.Of(wanted, saved.Lifecycle.Pending?.Definition ?? saved.Definition) : null;
        return TypedResults.Ok(new Validation(result.Refusal is null, result.Refusal?.Detail, result.Refusal?.More.GetValueOrDefault("faults"), split));
    }
}
