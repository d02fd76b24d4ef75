using System.Data.Common;
using Dapper;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>
/// Ids of events that arrived, each with a hash of what it said. It commits with the sums, so an event is in both or in none. An id that comes with several contents is kept with all of them, and the lowest
/// hash counts: which came first does not matter.
/// </summary>
internal sealed class OutcomeInbox(Database database)
{
    private static readonly BulkTable<Entry> s_table = new("outcome_inbox", "event_id, content, reason",
    [
        new("event_id", static row => row.EventId),
        new("content", static row => row.Content),
        new("reason", static row => row.Reason),
        new("arrived_ms", static row => row.ArrivedMs),
    ]);

    /// <summary>Enters what is new.</summary>
    /// <returns>Outcomes that were not there yet, and refused events that were not.</returns>
    public async Task<(List<Outcome> Outcomes, List<RefusedEvent> Refused)> EnterAsync(DbTransaction transaction, IntakeBatch batch, long nowMs, CancellationToken cancellationToken)
    {
        var ids = batch.Outcomes.Select(static one => one.EventId).Concat(batch.Refused.Select(static one => one.EventId).OfType<string>()).ToHashSet(StringComparer.Ordinal);
        if (ids.Count == 0)
            return ([], [.. batch.Refused]);
        var held = await HeldAsync(transaction, ids, cancellationToken);
        var known = held.Where(static one => one.Reason.Length == 0).Select(static one => one.EventId).ToHashSet(StringComparer.Ordinal);
        List<Entry> entries = [];
        List<Outcome> outcomes = [];
        List<RefusedEvent> refused = [.. batch.Refused.Where(static one => one.EventId is null)];
        foreach (var one in batch.Refused.Where(static one => one.EventId is not null))
        {
            if (!held.Add((one.EventId!, one.Content, one.Reason)))
                continue;
            refused.Add(one);
            entries.Add(new Entry(one.EventId!, one.Content, one.Reason, nowMs));
        }

        foreach (var one in batch.Outcomes)
        {
            if (!held.Add((one.EventId, one.Content, "")))
                continue;
            if (!known.Add(one.EventId))
                refused.Add(new RefusedEvent("", QualityReasons.OtherContent, one.EventId, one.Content));
            outcomes.Add(one with { ArrivedMs = nowMs });
            entries.Add(new Entry(one.EventId, one.Content, "", nowMs));
        }

        await database.UpsertAsync(transaction, s_table, entries, "NOTHING", cancellationToken);
        return (outcomes, refused);
    }

    /// <summary>Enters tallies of answers by their id.</summary>
    /// <returns>Those that were not there yet.</returns>
    public async Task<IReadOnlyList<AnswerTally>> EnterAsync(DbTransaction transaction, IReadOnlyCollection<AnswerTally> tallies, long nowMs, CancellationToken cancellationToken)
    {
        if (tallies.Count == 0)
            return [];
        var held = (await HeldAsync(transaction, tallies.Select(static one => one.Id), cancellationToken)).Select(static one => one.EventId).ToHashSet(StringComparer.Ordinal);
        AnswerTally[] entered = [.. tallies.Where(one => held.Add(one.Id))];
        await database.UpsertAsync(transaction, s_table, [.. entered.Select(one => new Entry(one.Id, 0, "", nowMs))], "NOTHING", cancellationToken);
        return entered;
    }

    private async Task<HashSet<(string EventId, long Content, string Reason)>> HeldAsync(DbTransaction transaction, IEnumerable<string> ids, CancellationToken cancellationToken) =>
    [
        .. await transaction.Connection!.QueryAsync<(string, long, string)>(new CommandDefinition(
            $"SELECT event_id, content, reason FROM outcome_inbox WHERE {database.AnyOf("event_id", "ids")}", new { ids = database.Keys(ids) }, transaction, cancellationToken: cancellationToken)),
    ];

    private sealed record Entry(string EventId, long Content, string Reason, long ArrivedMs);
}
