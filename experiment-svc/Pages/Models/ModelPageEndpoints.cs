using Splitrail.ExperimentSvc.Access;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Pages.Experiments;
using Splitrail.ExperimentSvc.Pages.Guards;
using Splitrail.ExperimentSvc.Registry;

namespace Splitrail.ExperimentSvc.Pages.Models;

/// <summary>Looking at models, and changing which one serves.</summary>
internal static class ModelPageEndpoints
{
    public static void MapModelPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(ConsolePaths.Models, Show);
        pages.MapPost(ConsolePaths.Models + "/rollback", RollBack).Needs(Role.Editor);
        pages.MapPost(ConsolePaths.Models + "/{version}/activate", Activate).Needs(Role.Admin);
        pages.MapPost(ConsolePaths.Models + "/{version}/stage", Stage).Needs(Role.Admin);
    }

    private static async Task<IResult> Show(Visit visit, string? done, ModelPages read, CancellationToken cancellationToken) =>
        PageResult.Of<ModelsPage>(visit, await read.ReadAsync(ActionWords.Done(done), null, cancellationToken));

    private static async Task<IResult> Activate(string version, Visit visit, SentForm form, ModelRegistry registry, ModelPages read, CancellationToken cancellationToken)
    {
        // A reason given here is one in spite of a gate: without a closed gate it is simply kept in the history.
        var request = new ActivateRequest { Override = form.Reason };
        return request.FaultOf() is { } bad
            ? await AnswerAsync(visit, bad, "", form, read, cancellationToken)
            : await AnswerAsync(visit, (await registry.ActivateAsync(version, request, visit.Name!, cancellationToken)).Refusal, "activated", form, read, cancellationToken);
    }

    private static async Task<IResult> RollBack(Visit visit, SentForm form, ModelRegistry registry, ModelPages read, CancellationToken cancellationToken) =>
        await AnswerAsync(visit, (await registry.RollBackAsync(null, form.Reason, visit.Name!, cancellationToken)).Refusal, "rolled_back_model", form, read, cancellationToken);

    private static async Task<IResult> Stage(string version, Visit visit, SentForm form, ModelRegistry registry, ModelPages read, CancellationToken cancellationToken)
    {
        var request = new StageRequest { Stage = form["stage"] };
        return request.FaultOf() is { } bad
            ? await AnswerAsync(visit, bad, "", form, read, cancellationToken)
            : await AnswerAsync(visit, (await registry.StageAsync(version, request.Stage, null, null, "stage", visit.Name!, cancellationToken)).Refusal, "saved", form, read, cancellationToken);
    }

    private static async Task<IResult> AnswerAsync(Visit visit, Refusal? refusal, string done, SentForm form, ModelPages read, CancellationToken cancellationToken) => refusal is null
        ? TypedResults.LocalRedirect($"{ConsolePaths.Models}?done={done}")
        : PageResult.Of<ModelsPage>(visit, await read.ReadAsync(new Said(refusal.Detail, false), form, cancellationToken), refusal.Status);
}
