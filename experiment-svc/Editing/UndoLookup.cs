using System.Text.Json;
using Splitrail.ExperimentSvc.Audit;
using Splitrail.ExperimentSvc.Chains;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Editing;

/// <summary>
/// Finds what an undo brings back: what the owner had written before the last change of it. Every user returns to the arm he came from, because the slot map knows its earlier self. An undo is
/// a change too, so undoing it does again what was undone.
/// </summary>
internal sealed class UndoLookup(Database database)
{
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public async Task<(Edit? Edit, Refusal? Refusal)> FindAsync(string id, long version, string actor, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync((connection, token) => AuditLog.Log.OfAsync(connection, DefinitionKinds.Experiment, id, token), cancellationToken);
        var current = rows.Count > 0 ? Definition(Entry(rows[0]).To) : null;
        foreach (var row in rows)
        {
            var entry = Entry(row);
            if (Definition(entry.From) is { } before && Definition(entry.To) is { } after && !JsonElement.DeepEquals(before, after) && JsonElement.DeepEquals(after, current!.Value))
                return (ExperimentEdits.Save(id, before.Deserialize(DefinitionJson.Default.DefinedExperiment)!, version, actor, "undo"), null);
        }

        return (null, rows.Count == 0
            ? new Refusal(StatusCodes.Status404NotFound, "Unknown experiment", $"There is no experiment '{id}'.")
            : new Refusal(StatusCodes.Status409Conflict, "Nothing to undo", $"Experiment '{id}' is as it was created: no edit of it can be undone. Its state is changed by actions, not by undo."));
    }

    private static AuditEntry Entry(ChainRow row) => JsonSerializer.Deserialize(row.Entry, AuditJson.Default.AuditEntry)!;

    private static JsonElement? Definition(JsonElement? record) => record is { } value && value.TryGetProperty("definition", out var definition) ? definition : null;
}
