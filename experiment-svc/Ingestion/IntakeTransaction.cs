using System.Data.Common;
using Dapper;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Interleaving;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>
/// One transaction of intake. What arrived is stored, then every person it touches is counted anew from all that is stored of him, and the sums change by the difference: so nothing depends on order, repetition
/// or where a process died. Replicas take turns.
/// </summary>
internal sealed class IntakeTransaction(
    Database database, ExperimentBook books, OutcomeInbox inbox, SessionLinks links, PeopleGathering gathering, PersonRules rules, DeletedUnits deleted, TimeProvider time)
{
    public const string Purpose = "experiment-intake";

    private const string KeepLowest =
        "UPDATE SET type = excluded.type, user_id = excluded.user_id, session_id = excluded.session_id, item_id = excluded.item_id, at_ms = excluded.at_ms, "
        + "amount_micros = excluded.amount_micros, request_id = excluded.request_id, content = excluded.content WHERE excluded.content < outcomes.content";

    private const string Overwrite =
        "UPDATE SET epoch = excluded.epoch, snapshot_version = excluded.snapshot_version, probability_micros = excluded.probability_micros, at_ms = excluded.at_ms, "
        + "exposure_id = excluded.exposure_id, request_id = excluded.request_id, context = excluded.context";

    /// <exception cref="DatabaseAwayException">Nothing was stored, or (a lost answer to the commit) all.</exception>
    public Task<IntakeResult> RunAsync(IntakeBatch batch, CancellationToken cancellationToken) =>
        database.WriteAsync(Purpose, (transaction, token) => RunAsync(transaction, batch, [], token), cancellationToken);

    /// <summary>Counts people anew, as another rule or a deletion asks for.</summary>
    public Task RecountAsync(DbTransaction transaction, IReadOnlyCollection<string> units, CancellationToken cancellationToken) =>
        RunAsync(transaction, IntakeBatch.Empty, units, cancellationToken);

    private async Task<IntakeResult> RunAsync(DbTransaction transaction, IntakeBatch batch, IReadOnlyCollection<string> units, CancellationToken cancellationToken)
    {
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var book = await books.ReadAsync(transaction.Connection!, transaction, cancellationToken);
        var admitted = Known(await deleted.WithoutAsync(transaction, batch, cancellationToken), book);
        var (outcomes, refused) = await inbox.EnterAsync(transaction, admitted, nowMs, cancellationToken);
        HashSet<string> touched = [.. units, .. await StoreAsync(transaction, admitted.Teams, cancellationToken), .. await links.StoreAsync(transaction, admitted.Exposures, cancellationToken), .. await StoreAsync(transaction, outcomes, cancellationToken)];
        Dictionary<string, List<UnitExposure>> exposures = new(StringComparer.Ordinal);
        var changed = await StoreAsync(transaction, admitted.Exposures, exposures, cancellationToken);
        touched.UnionWith(changed.Select(static exposure => exposure.Unit));
        var sums = new SumChanges();
        var answers = await inbox.EnterAsync(transaction, batch.Answers, nowMs, cancellationToken);
        foreach (var tally in answers)
            sums.Add(tally, book);
        await AnswerMinutes.AddAsync(database, transaction, answers, cancellationToken);
        if (touched.Count > 0)
            await CountAsync(transaction, touched, exposures, book, sums, cancellationToken);
        await sums.WriteAsync(database, transaction, cancellationToken);
        await IntakeState.WriteAsync(database, transaction, changed, sums.Experiments, nowMs, cancellationToken);
        await IntakeMarks.WriteAsync(database, transaction, batch.Marks, cancellationToken);
        await QualityCounts.AddAsync(database, transaction, refused, changed, outcomes.Count, cancellationToken);
        var byReason = refused.CountBy(static one => one.Reason).ToDictionary(static one => one.Key, static one => (long)one.Value);
        return new IntakeResult(changed.Count, outcomes.Count, byReason);
    }

    /// <returns>Units whose lists these are.</returns>
    private async Task<IEnumerable<string>> StoreAsync(DbTransaction transaction, IReadOnlyCollection<TeamList> teams, CancellationToken cancellationToken)
    {
        TeamList[] first = [.. teams.GroupBy(static one => one.Key).Select(static same => same.OrderBy(static one => one.AtMs).ThenBy(static one => one.Teams, StringComparer.Ordinal).First())];
        await database.UpsertAsync(transaction, TeamList.Table, first, TeamList.KeepFirst, cancellationToken);
        return first.Select(static one => one.Unit);
    }

    private static IntakeBatch Known(IntakeBatch batch, IReadOnlyDictionary<string, CountedExperiment> book)
    {
        static string? ReasonOf(Exposure exposure, CountedExperiment? experiment) => experiment switch
        {
            null => QualityReasons.UnknownExperiment,
            { IsSealed: true } => QualityReasons.AfterRetention,
            _ => experiment.Arms.Contains(exposure.Arm) ? null : QualityReasons.UnknownArm,
        };
        List<Exposure> good = new(batch.Exposures.Count);
        List<RefusedEvent> refused = [.. batch.Refused];
        foreach (var exposure in batch.Exposures)
        {
            var experiment = book.GetValueOrDefault(exposure.Experiment);
            if (ReasonOf(exposure, experiment) is { } reason)
                refused.Add(new RefusedEvent(experiment?.Id ?? "", reason, exposure.ExposureId, Outcome.Hash($"{exposure.Experiment}|{exposure.Arm}|{exposure.Unit}|{exposure.TimestampMs}")));
            else
                good.Add(exposure);
        }

        var teams = batch.Teams.ToLookup(one => book.GetValueOrDefault(one.Experiment) is { IsSealed: false, Control: not null } known && one.Arms().All(known.Arms.Contains));
        refused.AddRange(teams[false].Select(static one => new RefusedEvent("", QualityReasons.UnknownExperiment, null, 0)));
        return batch with { Exposures = good, Refused = refused, Teams = [.. teams[true]] };
    }

    /// <returns>Units whose events these are, or were before another content of the same id took the place.</returns>
    private async Task<HashSet<string>> StoreAsync(DbTransaction transaction, List<Outcome> outcomes, CancellationToken cancellationToken)
    {
        if (outcomes.Count == 0)
            return [];
        Outcome[] lowest = [.. outcomes.GroupBy(static one => one.EventId, StringComparer.Ordinal).Select(static same => same.MinBy(static one => one.Content)!)];
        var held = (await transaction.Connection!.QueryAsync<Outcome>(new CommandDefinition(
            $"SELECT {Outcome.Columns} FROM outcomes WHERE {database.AnyOf("event_id", "ids")}",
            new { ids = database.Keys(lowest.Select(static one => one.EventId)) }, transaction, cancellationToken: cancellationToken))).ToArray();
        await database.UpsertAsync(transaction, Outcome.Table, lowest, KeepLowest, cancellationToken);
        return [.. lowest.Concat(held).SelectMany(static one => one.Units())];
    }

    /// <param name="transaction">The transaction.</param>
    /// <param name="arriving">Exposures of known experiments.</param>
    /// <param name="exposures">Filled with all exposures of their units, as they are now.</param>
    /// <param name="cancellationToken">The caller's deadline.</param>
    /// <returns>Rows that are new, or earlier than they were.</returns>
    private async Task<List<UnitExposure>> StoreAsync(
        DbTransaction transaction, IReadOnlyCollection<Exposure> arriving, Dictionary<string, List<UnitExposure>> exposures, CancellationToken cancellationToken)
    {
        Dictionary<(string Unit, string Experiment, string Arm), UnitExposure> first = [];
        foreach (var exposure in arriving.Select(UnitExposure.Of))
        {
            if (!first.TryGetValue(exposure.Key, out var before) || exposure.IsBefore(before))
                first[exposure.Key] = exposure;
        }

        await gathering.AddExposuresAsync(transaction, exposures, first.Keys.Select(static key => key.Unit), cancellationToken);
        List<UnitExposure> changed = [];
        foreach (var exposure in first.Values)
        {
            var held = exposures[exposure.Unit];
            var index = held.FindIndex(one => one.Key == exposure.Key);
            if (index >= 0 && !exposure.IsBefore(held[index]))
                continue;
            if (index >= 0)
                held[index] = exposure;
            else
                held.Add(exposure);
            changed.Add(exposure);
        }

        // In the order of the index: neighbours on one page cost one page.
        changed.Sort(static (one, other) => string.CompareOrdinal(one.Unit, other.Unit));
        await database.UpsertAsync(transaction, UnitExposure.Table, changed, Overwrite, cancellationToken);
        return changed;
    }

    private async Task CountAsync(
        DbTransaction transaction, HashSet<string> touched, Dictionary<string, List<UnitExposure>> exposures, IReadOnlyDictionary<string, CountedExperiment> book, SumChanges sums,
        CancellationToken cancellationToken)
    {
        var people = await gathering.ReadAsync(transaction, touched, exposures, book.Values.Any(static one => one is { Control: not null, IsSealed: false }), cancellationToken);
        var held = (await transaction.Connection!.QueryAsync<Contribution>(new CommandDefinition(
            $"SELECT {Contribution.Columns} FROM contributions WHERE {database.AnyOf("person", "keys")}", new { keys = database.Keys(people.Units) }, transaction, cancellationToken: cancellationToken)))
            .Where(one => book.GetValueOrDefault(one.Experiment) is { IsSealed: false }).ToDictionary(static one => one.Key);
        List<Contribution> changed = [];
        foreach (var next in people.People(book).Select(rules.ContributionOf))
        {
            held.Remove(next.Key, out var before);
            if (next == before)
                continue;
            sums.Replace(before, next);
            changed.Add(next);
        }

        foreach (var gone in held.Values)
            sums.Replace(gone, null);
        changed.Sort(static (one, other) => string.CompareOrdinal(one.Person, other.Person));
        await database.UpsertAsync(
            transaction, Contribution.Table, changed, "UPDATE SET state = excluded.state, arms = excluded.arms, epoch = excluded.epoch, added = excluded.added, segments = excluded.segments, shown = excluded.shown", cancellationToken);
        foreach (var gone in held.Values)
        {
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                "DELETE FROM contributions WHERE person = @Person AND experiment = @Experiment", gone, transaction, cancellationToken: cancellationToken));
        }
    }
}
