using Splitrail.ExperimentSvc.Control;

namespace Splitrail.ExperimentSvc.Editing;

/// <summary>Edits by people: refused when the file is the truth, and served by this replica as soon as they are stored.</summary>
internal sealed class Editor(EditTransaction transaction, ControlPlane control, ExperimentOptions options)
{
    /// <exception cref="Sql.DatabaseAwayException">Nothing was stored, or (a lost answer to the commit) all.</exception>
    public async Task<EditOutcome> RunAsync(Edit edit, CancellationToken cancellationToken)
    {
        if (options.FollowDefinitions && edit.IsOfFile)
        {
            return new EditOutcome(Definitions.DefinitionSet.Empty, null, new Refusal(
                StatusCodes.Status409Conflict, "Definitions are followed", $"The file {options.Definitions} is the truth here (ExperimentSvc:FollowDefinitions): edit it, or turn the setting off."));
        }

        var outcome = await transaction.RunAsync(edit, cancellationToken);
        if (outcome.Snapshot is { } snapshot)
            control.Take(snapshot);
        return outcome;
    }
}
