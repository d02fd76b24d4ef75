using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;

namespace Splitrail.ExperimentSvc.Control;

/// <summary>
/// Brings the definitions file into SQL: once, into an empty database; or, when the file is followed, on each change of it. A replica imports on a change of its OWN file only: while a new file
/// reaches the replicas one after the other, they do not undo each other's edit in turn.
/// </summary>
internal sealed class DefinitionImport(DefinitionWatch file, DefinitionStore store, EditTransaction edits, ExperimentOptions options)
{
    private bool _pending;
    private bool _ended;

    /// <returns>What was published; null when there was nothing to do, or it was refused.</returns>
    /// <exception cref="Sql.DatabaseAwayException">Nothing was imported; the next look tries again.</exception>
    public async Task<ControlSnapshot?> LookAsync(CancellationToken cancellationToken)
    {
        if (_ended)
            return null;
        if (!options.FollowDefinitions && (await store.ReadAsync(cancellationToken)).Layers.Count > 0)
        {
            End();
            return null;
        }

        _pending |= file.Look();
        if (!_pending || file.Current is not { } definitions)
            return null;
        var outcome = await edits.RunAsync(Edit(definitions), cancellationToken);
        _pending = outcome.Refusal?.IsTransient == true;
        if (outcome.Refusal is { } refusal)
            file.Refuse(refusal.Detail);
        else if (!options.FollowDefinitions)
            End();
        return outcome.Snapshot;
    }

    private void End()
    {
        _ended = true;
        file.End();
    }

    private Edit Edit(DefinitionFile definitions)
    {
        var actor = $"file:{Path.GetFileName(file.Source)}";
        var import = ImportEdit.Of(definitions, actor, options.FollowDefinitions);
        // Another replica may have been first.
        return options.FollowDefinitions ? import : import with { Apply = (set, moment) => set.Layers.Count > 0 ? set : import.Apply(set, moment) };
    }
}
