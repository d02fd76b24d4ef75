using Splitrail.ExperimentSvc.Access;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Merchandising;
using Splitrail.ExperimentSvc.Pages.Experiments;
using Splitrail.ExperimentSvc.Pages.Guards;

namespace Splitrail.ExperimentSvc.Pages.Merchandising;

/// <summary>What a score is put together of, globally and by category.</summary>
internal static class WeightPageEndpoints
{
    public static void MapWeightPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(ConsolePaths.Weights, Show);
        pages.MapPost(ConsolePaths.Weights, Save).Needs(Role.Editor);
    }

    private static async Task<IResult> Show(Visit visit, string? done, MerchandisingPages read, CancellationToken cancellationToken) =>
        PageResult.Of<WeightsPage>(visit, await read.WeightsAsync(ActionWords.Done(done), null, cancellationToken));

    private static async Task<IResult> Save(Visit visit, SentForm form, Editor editor, MerchandisingPages read, CancellationToken cancellationToken)
    {
        var category = form[WeightFields.Category].Trim();
        // 0 is the version of what is not there yet.
        var version = form.Version is 0 ? null : form.Version;
        var (wanted, faults) = WeightFields.Read(form);
        var refusal = faults.Count > 0 ? Refusal.Bad(faults) : (await editor.RunAsync(
            form["do"] == "inherit" ? MerchandisingEdits.DeleteWeights(category, version ?? 0, visit.Name!) : MerchandisingEdits.SaveWeights(category, wanted, version, visit.Name!), cancellationToken)).Refusal;
        return refusal is null
            ? TypedResults.LocalRedirect($"{ConsolePaths.Weights}?done=saved")
            : PageResult.Of<WeightsPage>(visit, await read.WeightsAsync(new Said(ActionWords.Of(refusal), false), form, cancellationToken), refusal.Status);
    }
}
