using Splitrail.ExperimentSvc.Access;
using Splitrail.ExperimentSvc.Api;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Pages.Experiments;
using Splitrail.ExperimentSvc.Pages.Guards;
using Splitrail.ExperimentSvc.Planning;

namespace Splitrail.ExperimentSvc.Pages.Forms;

/// <summary>Writing an experiment: a new one, or all of one that is there.</summary>
internal static class ExperimentFormEndpoints
{
    public static void MapExperimentForms(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(ConsolePaths.Experiments + "/new", New);
        pages.MapPost(ConsolePaths.Experiments + "/new", Create).Needs(Role.Editor);
        pages.MapGet(ConsolePaths.Experiments + "/{id}/edit", Edit);
        pages.MapPost(ConsolePaths.Experiments + "/{id}/edit", Save).Needs(Role.Editor);
    }

    private static async Task<IResult> New(Visit visit, string? template, DefinitionStore store, CancellationToken cancellationToken)
    {
        var set = await store.ReadAsync(cancellationToken);
        var begun = FormTemplates.Of(template).Experiment with { Owner = visit.Name!, Layer = set.Layers.Keys.FirstOrDefault() ?? "" };
        return PageResult.Of<ExperimentFormPage>(visit, new FormModel(null, 0, FormFields.Of(begun), LayerViews.Of(set)));
    }

    private static async Task<IResult> Edit(string id, Visit visit, DefinitionStore store, CancellationToken cancellationToken)
    {
        var set = await store.ReadAsync(cancellationToken);
        return set.Experiments.TryGetValue(id, out var held)
            ? PageResult.Of<ExperimentFormPage>(visit, new FormModel(id, held.Version, FormFields.Of(held.Value.Definition), LayerViews.Of(set)))
            : PageResult.Of<MissingPage>(visit, id, StatusCodes.Status404NotFound);
    }

    private static Task<IResult> Create(Visit visit, SentForm form, DefinitionStore store, EditPreview previews, Editor editor, CancellationToken cancellationToken) =>
        WriteAsync(null, visit, form, store, previews, editor, cancellationToken);

    private static Task<IResult> Save(string id, Visit visit, SentForm form, DefinitionStore store, EditPreview previews, Editor editor, CancellationToken cancellationToken) =>
        WriteAsync(id, visit, form, store, previews, editor, cancellationToken);

    private static async Task<IResult> WriteAsync(
        string? id, Visit visit, SentForm form, DefinitionStore store, EditPreview previews, Editor editor, CancellationToken cancellationToken)
    {
        var set = await store.ReadAsync(cancellationToken);
        if (id is not null && !set.Experiments.ContainsKey(id))
            return PageResult.Of<MissingPage>(visit, id, StatusCodes.Status404NotFound);
        var held = id is null ? null : set.Experiments[id];
        var fields = FormFields.Of(form);
        var model = new FormModel(id, held?.Version ?? 0, fields, LayerViews.Of(set));
        if (form["do"] == "arm")
            return PageResult.Of<ExperimentFormPage>(visit, model with { Fields = fields.WithArm() });
        var reading = new FormReading(fields, held?.Value.Definition ?? new DefinedExperiment());
        var wanted = reading.Read();
        var seen = form.Version ?? 0;
        var problem = reading.Faults.Count > 0 ? Refusal.Bad(reading.Faults)
            : held is not null && seen != held.Version ? Conflicts.Stale($"Experiment '{id}'", held.Version, seen)
            : null;
        if (problem is null && form["do"] == "save")
        {
            var edit = held is null ? ExperimentEdits.Create(wanted, visit.Name!) : ExperimentEdits.Save(id!, wanted, seen, visit.Name!);
            var outcome = await editor.RunAsync(edit, cancellationToken);
            if (outcome.Refusal is null)
                return TypedResults.LocalRedirect($"{ConsolePaths.Experiment(wanted.Id)}?done={(held is null ? "created" : outcome.Definitions.Experiments[wanted.Id].Value.Lifecycle.Pending is null ? "saved" : "pending")}");
            problem = outcome.Refusal;
        }

        Preview? preview = null;
        if (problem is null)
            (preview, problem) = await previews.OfAsync(id ?? wanted.Id, wanted, visit.Name!, cancellationToken);
        IReadOnlyList<FormFault> faults = problem is null ? [] : reading.Placed.Count > 0 ? reading.Placed : FormFaults.Of(problem, fields);
        return PageResult.Of<ExperimentFormPage>(visit, model with { Fields = fields.With(faults), Preview = preview, Faults = faults }, problem?.Status ?? StatusCodes.Status200OK);
    }
}
