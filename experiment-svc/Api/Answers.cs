using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.ExperimentSvc.Control;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;

namespace Splitrail.ExperimentSvc.Api;

/// <summary>What came of an edit of an experiment, as an answer.</summary>
internal static class Answers
{
    public static async Task<Results<Ok<SavedExperiment>, ProblemHttpResult>> SavedAsync(
        EditOutcome outcome, string id, ExperimentReader reader, HttpResponse response, CancellationToken cancellationToken, DefinedExperiment? given = null) =>
        outcome.Refusal is { } refusal ? refusal.ToProblem() : TypedResults.Ok(await ReadAsync(outcome, id, reader, response, cancellationToken, given));

    public static async Task<SavedExperiment> ReadAsync(
        EditOutcome outcome, string id, ExperimentReader reader, HttpResponse response, CancellationToken cancellationToken, DefinedExperiment? given = null)
    {
        var held = outcome.Definitions.Experiments[id];
        response.Tag(held.Version);
        var view = await reader.ViewAsync(held, outcome.Snapshot, cancellationToken);
        return new SavedExperiment(view, SplitView.Of(given, held.Value.Lifecycle.Pending?.Definition ?? held.Value.Definition), outcome.Snapshot?.Version ?? reader.SnapshotVersion);
    }
}
