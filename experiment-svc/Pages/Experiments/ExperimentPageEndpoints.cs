using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.ExperimentSvc.Access;
using Splitrail.ExperimentSvc.Control;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Pages.Guards;
using Splitrail.ExperimentSvc.Planning;

namespace Splitrail.ExperimentSvc.Pages.Experiments;

/// <summary>Looking at experiments and changing them.</summary>
internal static class ExperimentPageEndpoints
{
    private const string DoneField = "done";

    public static void MapExperimentPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(ConsolePaths.Experiments, List);
        pages.MapGet(ConsolePaths.Experiments + "/{id}", Show);
        pages.MapPost(ConsolePaths.Experiments + "/{id}/split", EditSplit).Needs(Role.Editor);
        pages.MapPost(ConsolePaths.Experiments + "/{id}/undo", Undo).Needs(Role.Editor);
        pages.MapPost(ConsolePaths.Experiments + "/{id}/comments", Comment).Needs(Role.Viewer);
        foreach (var action in Enum.GetValues<ExperimentAction>())
        {
            pages.MapPost(
                $"{ConsolePaths.Experiments}/{{id}}/{action.NameOf()}",
                (string id, Visit visit, SentForm form, Editor editor, ExperimentPages read, CancellationToken cancellationToken) => Act(id, action, visit, form, editor, read, cancellationToken))
                .Needs(ActionWords.Of(action.NameOf()).Role);
        }
    }

    private static async Task<IResult> List(Visit visit, string? state, ExperimentReader reader, CancellationToken cancellationToken)
    {
        var known = state is not null && ExperimentStates.Find(state) is not null ? state : null;
        return PageResult.Of<ExperimentListPage>(visit, new ExperimentListModel(known, (await reader.ListAsync(known, cancellationToken)).Experiments));
    }

    private static async Task<IResult> Show(string id, string? done, Visit visit, ExperimentPages read, CancellationToken cancellationToken) =>
        await read.FindAsync(id, cancellationToken) is { } held
            ? PageResult.Of<ExperimentPage>(visit, await read.ReadAsync(held, null, ActionWords.Done(done), null, cancellationToken))
            : Missing(visit, id);

    private static async Task<IResult> EditSplit(string id, Visit visit, SentForm form, Editor editor, EditPreview previews, ExperimentPages read, CancellationToken cancellationToken)
    {
        if (await read.FindAsync(id, cancellationToken) is not { } held)
            return Missing(visit, id);
        var typed = SplitForm.Of(held.Value.Definition, form);
        var (wanted, problem) = typed.ApplyTo(held.Value.Definition);
        if (wanted is not null && typed.Version != held.Version)
            problem = Conflicts.Stale($"Experiment '{id}'", held.Version, typed.Version);
        if (problem is null && form["do"] == "save")
        {
            var outcome = await editor.RunAsync(ExperimentEdits.Save(id, wanted!, typed.Version, visit.Name!), cancellationToken);
            if (outcome.Refusal is null)
                return Done(id, outcome.Definitions.Experiments[id].Value.Lifecycle.Pending is null ? "split" : "pending");
            problem = outcome.Refusal;
        }

        Preview? preview = null;
        if (problem is null)
            (preview, problem) = await previews.OfAsync(id, wanted!, visit.Name!, cancellationToken);
        return await Refused(visit, id, read, typed with { Preview = preview, Problem = problem }, problem, null, cancellationToken);
    }

    private static async Task<IResult> Undo(string id, Visit visit, SentForm form, UndoLookup undo, Editor editor, ExperimentPages read, CancellationToken cancellationToken)
    {
        var (edit, refusal) = await undo.FindAsync(id, form.Version ?? 0, visit.Name!, cancellationToken);
        refusal ??= (await editor.RunAsync(edit!, cancellationToken)).Refusal;
        return refusal is null ? Done(id, "undo") : await Refused(visit, id, read, null, refusal, form, cancellationToken);
    }

    private static async Task<IResult> Act(
        string id, ExperimentAction action, Visit visit, SentForm form, Editor editor, ExperimentPages read, CancellationToken cancellationToken)
    {
        var request = new ActionRequest { Arm = form["arm"] is { Length: > 0 } arm ? arm : null, Reason = form.Reason };
        var outcome = await editor.RunAsync(LifecycleEdits.Act(id, action, request, form.Version, visit.Name!), cancellationToken);
        return outcome.Refusal is { } refusal
            ? await Refused(visit, id, read, null, refusal, form, cancellationToken)
            : Done(id, action.NameOf());
    }

    private static async Task<IResult> Comment(string id, Visit visit, SentForm form, CommentStore comments, ExperimentPages read, CancellationToken cancellationToken)
    {
        var text = form["text"].Trim();
        if (await read.FindAsync(id, cancellationToken) is null)
            return Missing(visit, id);
        if (text.Length is 0 or > CommentStore.Longest || text.Contains('\0'))
        {
            var refusal = Refusal.Bad("comment", text.Length == 0 ? "" : $"{text.Length} characters", $"must have 1 to {CommentStore.Longest} characters");
            return await Refused(visit, id, read, null, refusal, form, cancellationToken);
        }

        await comments.AddAsync(id, visit.Name!, text, cancellationToken);
        return Done(id, "comment");
    }

    private static async Task<IResult> Refused(Visit visit, string id, ExperimentPages read, SplitForm? split, Refusal? refusal, SentForm? typed, CancellationToken cancellationToken)
    {
        if (await read.FindAsync(id, cancellationToken) is not { } held)
            return Missing(visit, id);
        // What was typed goes out again under the version that is there now, beside what somebody else wrote: saving once more is a choice, not an accident.
        var shown = split is null ? null : split with { Version = held.Version };
        var said = refusal is null ? null : new Said(ActionWords.Of(refusal), false);
        return PageResult.Of<ExperimentPage>(visit, await read.ReadAsync(held, shown, said, typed, cancellationToken), refusal?.Status ?? StatusCodes.Status200OK);
    }

    private static RedirectHttpResult Done(string id, string what) => TypedResults.LocalRedirect($"{ConsolePaths.Experiment(id)}?{DoneField}={what}");

    private static RazorComponentResult<MissingPage> Missing(Visit visit, string id) => PageResult.Of<MissingPage>(visit, id, StatusCodes.Status404NotFound);
}
