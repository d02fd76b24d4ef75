using Splitrail.ExperimentSvc.Access;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Pages.Experiments;
using Splitrail.ExperimentSvc.Pages.Guards;
using Splitrail.ExperimentSvc.Rules;

namespace Splitrail.ExperimentSvc.Pages.Settings;

/// <summary>What concerns everybody: layers, holdouts and kill switches.</summary>
internal static class SettingPageEndpoints
{
    public static void MapSettingPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(ConsolePaths.Layers, Layers);
        pages.MapPost(ConsolePaths.Layers, MakeLayer).Needs(Role.Admin);
        pages.MapPost(ConsolePaths.Layers + "/{id}", SaveLayer).Needs(Role.Admin);
        pages.MapPost(ConsolePaths.Root + "/holdout", SaveHoldout).Needs(Role.Admin);
        pages.MapGet(ConsolePaths.Flags, Flags);
        pages.MapPost(ConsolePaths.Flags, SaveFlag).Needs(Role.Admin);
    }

    private static async Task<IResult> Layers(Visit visit, string? done, SettingPages read, CancellationToken cancellationToken) =>
        PageResult.Of<LayersPage>(visit, await read.LayersAsync(ActionWords.Done(done), null, cancellationToken));

    private static async Task<IResult> MakeLayer(Visit visit, SentForm form, Editor editor, SettingPages read, CancellationToken cancellationToken)
    {
        var outcome = await editor.RunAsync(SettingEdits.CreateLayer(new DefinedLayer { Id = form["id"].Trim() }, visit.Name!), cancellationToken);
        return outcome.Refusal is { } refusal ? await Refused(visit, read, refusal, form, cancellationToken) : TypedResults.LocalRedirect($"{ConsolePaths.Layers}?done=layer_made");
    }

    private static async Task<IResult> SaveLayer(string id, Visit visit, SentForm form, Editor editor, SettingPages read, CancellationToken cancellationToken)
    {
        if (await read.LayerAsync(id, cancellationToken) is not { } layer)
            return await Refused(visit, read, Refusal.Bad("layer", id, "must be one of those below"), form, cancellationToken);
        if (Percent.Read(form["holdout"]) is not { } holdout)
            return await Refused(visit, read, Refusal.Bad("holdout", form["holdout"], "must be a percentage from 0 to 100"), form, cancellationToken);
        var outcome = await editor.RunAsync(SettingEdits.SaveLayer(id, layer with { Holdout = holdout }, form.Version ?? 0, visit.Name!), cancellationToken);
        return outcome.Refusal is { } refusal ? await Refused(visit, read, refusal, form, cancellationToken) : TypedResults.LocalRedirect($"{ConsolePaths.Layers}?done=saved");
    }

    private static async Task<IResult> SaveHoldout(Visit visit, SentForm form, Editor editor, SettingPages read, CancellationToken cancellationToken)
    {
        if (Percent.Read(form["share"]) is not { } share)
            return await Refused(visit, read, Refusal.Bad("holdout", form["share"], "must be a percentage from 0 to 100"), form, cancellationToken);
        var wanted = await read.HoldoutAsync(cancellationToken) with { Share = share };
        var outcome = await editor.RunAsync(SettingEdits.SaveHoldout(wanted, form.Version ?? 0, visit.Name!), cancellationToken);
        return outcome.Refusal is { } refusal ? await Refused(visit, read, refusal, form, cancellationToken) : TypedResults.LocalRedirect($"{ConsolePaths.Layers}?done=saved");
    }

    private static async Task<IResult> Refused(Visit visit, SettingPages read, Refusal refusal, SentForm form, CancellationToken cancellationToken) =>
        PageResult.Of<LayersPage>(visit, await read.LayersAsync(new Said(ActionWords.Of(refusal), false), form, cancellationToken), refusal.Status);

    private static async Task<IResult> Flags(Visit visit, string? done, SettingPages read, CancellationToken cancellationToken) =>
        PageResult.Of<FlagsPage>(visit, await read.FlagsAsync(ActionWords.Done(done), cancellationToken));

    private static async Task<IResult> SaveFlag(Visit visit, SentForm form, Editor editor, SettingPages read, CancellationToken cancellationToken)
    {
        var now = await read.FlagsAsync(null, cancellationToken);
        var flag = form["flag"];
        var refusal = LayerRules.Flags.Contains(flag) ? null : Refusal.Bad("flag", flag, $"must be one of {string.Join(", ", LayerRules.Flags)}");
        if (refusal is null)
        {
            var wanted = new FlagSet { Flags = now.Flags.Flags.ToDictionary(static one => one.Key, one => one.Key == flag ? form["to"] == "on" : one.Value, StringComparer.Ordinal) };
            refusal = (await editor.RunAsync(SettingEdits.SaveFlags(wanted, form.Version ?? 0, visit.Name!), cancellationToken)).Refusal;
        }

        return refusal is null
            ? TypedResults.LocalRedirect($"{ConsolePaths.Flags}?done=saved")
            : PageResult.Of<FlagsPage>(visit, await read.FlagsAsync(new Said(ActionWords.Of(refusal), false), cancellationToken), refusal.Status);
    }
}
