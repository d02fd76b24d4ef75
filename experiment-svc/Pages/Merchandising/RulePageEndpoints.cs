using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.ExperimentSvc.Access;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Merchandising;
using Splitrail.ExperimentSvc.Pages.Experiments;
using Splitrail.ExperimentSvc.Pages.Forms;
using Splitrail.ExperimentSvc.Pages.Guards;

namespace Splitrail.ExperimentSvc.Pages.Merchandising;

/// <summary>Business rules: what the owner wants of the lists, whatever the models say.</summary>
internal static class RulePageEndpoints
{
    public static void MapRulePages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(ConsolePaths.Rules, List);
        pages.MapGet(ConsolePaths.Rules + "/new", New);
        pages.MapPost(ConsolePaths.Rules + "/new", Create).Needs(Role.Editor);
        pages.MapGet(ConsolePaths.Rules + "/{id}", Show);
        pages.MapPost(ConsolePaths.Rules + "/{id}", Save).Needs(Role.Editor);
    }

    private static async Task<IResult> List(Visit visit, string? done, MerchandisingPages read, CancellationToken cancellationToken) =>
        PageResult.Of<RulesPage>(visit, await read.RulesAsync(ActionWords.Done(done), cancellationToken));

    private static RazorComponentResult<RulePage> New(Visit visit) => PageResult.Of<RulePage>(visit, new RuleModel(null, 0, RuleFields.Of(new DefinedRule { Kind = "boost" }), [], []));

    private static async Task<IResult> Show(string id, Visit visit, MerchandisingPages read, CancellationToken cancellationToken) => await read.FindRuleAsync(id, cancellationToken) is { } held
        ? PageResult.Of<RulePage>(visit, new RuleModel(id, held.Version, RuleFields.Of(held.Value.Definition), await read.HistoryAsync(id, cancellationToken), []))
        : await MissingAsync(id, visit, read, cancellationToken);

    private static async Task<IResult> Create(Visit visit, SentForm form, Editor editor, CancellationToken cancellationToken)
    {
        var fields = FormFields.Of(form);
        var (wanted, faults) = RuleFields.Read(fields, new DefinedRule());
        var refusal = faults.Count > 0 ? Refusal.Bad(faults) : (await editor.RunAsync(MerchandisingEdits.SaveRule(wanted.Id, wanted, null, visit.Name!), cancellationToken)).Refusal;
        if (refusal is null)
            return Done();
        var why = FormFaults.Of(refusal, fields);
        return PageResult.Of<RulePage>(visit, new RuleModel(null, 0, fields.With(why), [], why), refusal.Status);
    }

    private static async Task<IResult> Save(string id, Visit visit, SentForm form, Editor editor, MerchandisingPages read, CancellationToken cancellationToken)
    {
        if (await read.FindRuleAsync(id, cancellationToken) is not { } held)
            return await MissingAsync(id, visit, read, cancellationToken);
        var fields = FormFields.Of(form);
        var (wanted, faults) = RuleFields.Read(fields, held.Value.Definition);
        var seen = form.Version ?? 0;
        var edit = form["do"] == "delete" ? MerchandisingEdits.DeleteRule(id, seen, visit.Name!) : MerchandisingEdits.SaveRule(id, wanted with { Id = id }, seen, visit.Name!);
        var refusal = faults.Count > 0 ? Refusal.Bad(faults) : (await editor.RunAsync(edit, cancellationToken)).Refusal;
        if (refusal is null)
            return Done();
        var now = await read.FindRuleAsync(id, cancellationToken);
        var why = FormFaults.Of(refusal, fields);
        return PageResult.Of<RulePage>(visit, new RuleModel(id, now?.Version ?? 0, fields.With(why), await read.HistoryAsync(id, cancellationToken), why), refusal.Status);
    }

    private static async Task<IResult> MissingAsync(string id, Visit visit, MerchandisingPages read, CancellationToken cancellationToken) => PageResult.Of<RulesPage>(
        visit, await read.RulesAsync(new Said($"There is no rule “{id}” (any more). These are all.", false), cancellationToken), StatusCodes.Status404NotFound);

    private static RedirectHttpResult Done() => TypedResults.LocalRedirect($"{ConsolePaths.Rules}?done=saved");
}
