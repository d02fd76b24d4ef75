using System.Data.Common;
using System.Text.Json;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Audit;
using Splitrail.ExperimentSvc.Chains;
using Splitrail.ExperimentSvc.Control;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Editing;

/// <summary>
/// Definitions, audit log and snapshot change together, in one SQL transaction that replicas take in turn: whoever sees one of them sees all. An edit that changes nothing writes
/// nothing.
/// </summary>
internal sealed partial class EditTransaction(
    Database database,
    SnapshotStore snapshots,
    ExperimentOptions options,
    ExperimentMetrics metrics,
    TimeProvider time,
    ILogger<EditTransaction> logger)
{
    /// <exception cref="DatabaseAwayException">Nothing was stored, or (a lost answer to the commit) all.</exception>
    public async Task<EditOutcome> RunAsync(Edit edit, CancellationToken cancellationToken)
    {
        EditOutcome outcome;
        try
        {
            outcome = await database.WriteAsync(SnapshotStore.Purpose, (transaction, token) => RunAsync(transaction, edit, token), cancellationToken);
        }
        catch (SnapshotFaultException fault)
        {
            outcome = new EditOutcome(DefinitionSet.Empty, null, new Refusal(
                StatusCodes.Status500InternalServerError,
                "Snapshot refused",
                $"The edit was rolled back, because the snapshot made of it breaks a rule of all snapshots: {fault.Message}. Please report it."));
        }

        metrics.CountEdit(edit.Action, outcome.Refusal);
        if (outcome.Snapshot is { } snapshot)
            Stored(logger, edit.Action, edit.Actor, outcome.Changed, snapshot.Version);
        return outcome;
    }

    private async Task<EditOutcome> RunAsync(DbTransaction transaction, Edit edit, CancellationToken cancellationToken)
    {
        var set = await DefinitionStore.ReadAsync(transaction.Connection!, transaction, cancellationToken);
        if (edit.Fence is { } fence && await fence(transaction, cancellationToken) is { } fenced)
            return new EditOutcome(set, null, fenced);
        var last = await AuditLog.Log.LastAsync(transaction, cancellationToken);
        var now = time.GetUtcNow();
        if (ClockRule.Check(last, now, options.ClockTolerance) is { } setBack)
            return new EditOutcome(set, null, setBack);
        var result = edit.Check(set, new EditMoment(now.ToUnixTimeMilliseconds(), options.RequireApproval));
        if (result.Next is not { } next)
            return new EditOutcome(set, null, result.Refusal);
        var changes = Changes(set, next);
        if (changes.Count == 0)
            return new EditOutcome(set, null, null);
        var snapshot = await snapshots.PublishAsync(transaction, next, cancellationToken);
        await StoreAsync(transaction, edit, changes, last, snapshot, now, cancellationToken);
        return new EditOutcome(DefinitionSet.Of(next.Rows().Select(row => changes.FirstOrDefault(change => (change.To.Kind, change.To.Id) == (row.Kind, row.Id))?.To ?? row)), snapshot, null)
        {
            Changed = string.Join(", ", changes.Select(static change => $"{change.To.Kind} {change.To.Id}")),
        };
    }

    private static List<Change> Changes(DefinitionSet set, DefinitionSet next)
    {
        var held = set.Rows().ToDictionary(static row => (row.Kind, row.Id));
        return
        [
            .. next.Rows()
                .Select(row => new Change(held.GetValueOrDefault((row.Kind, row.Id)), row with { Version = row.Version + 1 }))
                .Where(static change => change.From?.Content != change.To.Content),
        ];
    }

    private static async Task StoreAsync(
        DbTransaction transaction, Edit edit, List<Change> changes, ChainRow? last, ControlSnapshot snapshot, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (sequence, hash) = (last?.Sequence ?? 0, last?.Hash ?? ChainHash.Genesis);
        foreach (var change in changes)
        {
            await DefinitionStore.WriteAsync(transaction, change.To, cancellationToken);
            var entry = new AuditEntry(
                ++sequence, now.ToUnixTimeMilliseconds(), edit.Actor, edit.Action, change.To.Kind, change.To.Id, change.To.Version, snapshot.Version, edit.Reason,
                change.From is { Version: > 0 } from ? Element(from.Content) : null, Element(change.To.Content), hash);
            var canonical = entry.Canonical();
            hash = ChainHash.Of(canonical);
            await AuditLog.Log.AppendAsync(transaction, new ChainRow(sequence, entry.Kind, entry.Id, hash, canonical), cancellationToken);
        }
    }

    private static JsonElement Element(string json) => JsonElement.Parse(json);

    [LoggerMessage(EventId = 350, Level = LogLevel.Information, Message = "Edit stored: {Action} by {Actor} of {Changed}, in control snapshot {Version}")]
    private static partial void Stored(ILogger logger, string action, string actor, string changed, long version);

    private sealed record Change(DefinitionRow? From, DefinitionRow To);
}
