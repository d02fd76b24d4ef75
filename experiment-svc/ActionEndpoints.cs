using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.ExperimentSvc.Access;
using Splitrail.ExperimentSvc.Api;
using Splitrail.ExperimentSvc.Control;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Pages.Experiments;

namespace Splitrail.ExperimentSvc;

/// <summary>The steps of an experiment's life: <c>POST /v1/experiments/{id}/{action}</c>. A body is needed where one has to say something only.</summary>
internal static class ActionEndpoints
{
    public static void MapExperimentActions(this IEndpointRouteBuilder routes)
    {
        foreach (var action in Enum.GetValues<ExperimentAction>())
        {
            routes.MapPost(
                $"/v1/experiments/{{id}}/{action.NameOf()}",
                (string id, OptionalBody<ActionRequest> body, Editor editor, ExperimentReader reader, HttpContext context, CancellationToken cancellationToken) =>
                    Act(id, action, body, editor, reader, context, cancellationToken)).For(ActionWords.Of(action.NameOf()).Role);
        }

        routes.MapPost("/v1/experiments/{id}/undo", Undo).For(Role.Editor);
    }

    private static async Task<Results<Ok<SavedExperiment>, ProblemHttpResult>> Act(
        string id, ExperimentAction action, OptionalBody<ActionRequest> body, Editor editor, ExperimentReader reader, HttpContext context, CancellationToken cancellationToken)
    {
        if (!body.TryGet(out var request, out var problem))
            return problem;
        if (!EntityTags.TryRead(context.Request, out var version, out var refusal))
            return refusal!.ToProblem();
        var outcome = await editor.RunAsync(LifecycleEdits.Act(id, action, request, version, RequestActor.Of(context.Request)), cancellationToken);
        return await Answers.SavedAsync(outcome, id, reader, context.Response, cancellationToken);
    }

    private static async Task<Results<Ok<SavedExperiment>, ProblemHttpResult>> Undo(
        string id, UndoLookup undo, Editor editor, ExperimentReader reader, HttpContext context, CancellationToken cancellationToken)
    {
        if (!EntityTags.TryRequire(context.Request, out var version, out var refusal))
            return refusal!.ToProblem();
        var (edit, missing) = await undo.FindAsync(id, version, RequestActor.Of(context.Request), cancellationToken);
        if (edit is null)
            return missing!.ToProblem();
        return await Answers.SavedAsync(await editor.RunAsync(edit, cancellationToken), id, reader, context.Response, cancellationToken);
    }
}
