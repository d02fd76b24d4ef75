using System.Data.Common;
using Dapper;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Interleaving;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>Reads all that is known of the people behind some units: a few statements for a whole batch.</summary>
internal sealed class PeopleGathering(Database database, SessionLinks links, IngestionOptions options)
{
    /// <param name="transaction">The transaction.</param>
    /// <param name="units">Keys of whom something changed for.</param>
    /// <param name="known">Exposures of units that were read already, or changed in this transaction.</param>
    /// <param name="withTeams">Some experiment is interleaved.</param>
    /// <param name="cancellationToken">The caller's deadline.</param>
    public async Task<GatheredPeople> ReadAsync(
        DbTransaction transaction, IReadOnlyCollection<string> units, IReadOnlyDictionary<string, List<UnitExposure>> known, bool withTeams, CancellationToken cancellationToken)
    {
        var linked = await links.OfSessionsAsync(transaction, units.Where(UnitKey.IsSession).Select(UnitKey.IdOf), cancellationToken);
        // Who shares a session with them: whose an event with both ids is depends on what the session saw.
        var sharing = await SharingAsync(transaction, units.Where(UnitKey.IsSession).Select(UnitKey.IdOf), cancellationToken);
        HashSet<string> all = [.. units, .. linked.Values.Select(static link => UnitKey.OfUser(link.UserId)), .. sharing.Select(UnitKey.OfUser)];
        foreach (var link in await links.OfUsersAsync(transaction, UsersOf(all), cancellationToken))
        {
            linked[link.SessionId] = link;
            all.Add(UnitKey.OfSession(link.SessionId));
        }

        var exposures = known.ToDictionary(static one => one.Key, static one => one.Value, StringComparer.Ordinal);
        await AddExposuresAsync(transaction, exposures, all, cancellationToken);
        var seen = Exposed(all, exposures, linked);
        var events = await EventsAsync(transaction, seen, cancellationToken);
        var overactive = events.Where(one => one.Value > options.MostEvents).Select(static one => one.Key).ToArray();
        var outcomes = await OutcomesAsync(transaction, [.. events.Keys.Except(overactive, StringComparer.Ordinal)], cancellationToken);
        await AddExposuresAsync(transaction, exposures, outcomes.Select(static one => one.SessionId).OfType<string>().Select(UnitKey.OfSession), cancellationToken);
        foreach (var (session, link) in await links.OfSessionsAsync(
            transaction, outcomes.Select(static one => one.SessionId).OfType<string>().Where(session => !linked.ContainsKey(session)).Distinct(StringComparer.Ordinal), cancellationToken))
            linked.TryAdd(session, link);
        return new GatheredPeople(
            all, exposures, linked.ToDictionary(static one => one.Key, static one => one.Value.UserId, StringComparer.Ordinal), outcomes, overactive,
            withTeams ? await TeamsAsync(transaction, outcomes, cancellationToken) : []);
    }

    /// <summary>Exposures of units that are not there yet; those without any get an empty list.</summary>
    public async Task AddExposuresAsync(DbTransaction transaction, Dictionary<string, List<UnitExposure>> exposures, IEnumerable<string> units, CancellationToken cancellationToken)
    {
        string[] missing = [.. units.Where(unit => !exposures.ContainsKey(unit)).Distinct(StringComparer.Ordinal)];
        if (missing.Length == 0)
            return;
        foreach (var unit in missing)
            exposures.Add(unit, []);
        foreach (var exposure in await transaction.Connection!.QueryAsync<UnitExposure>(new CommandDefinition(
            $"SELECT {UnitExposure.Columns} FROM unit_exposures WHERE {database.AnyOf("unit", "units")}", new { units = database.Keys(missing) }, transaction, cancellationToken: cancellationToken)))
            exposures[exposure.Unit].Add(exposure);
    }

    private async Task<TeamList[]> TeamsAsync(DbTransaction transaction, List<Outcome> outcomes, CancellationToken cancellationToken)
    {
        string[] requests = [.. outcomes.Where(static one => one is { Type: EventTypes.Click, RequestId: not null }).Select(static one => one.RequestId!).Distinct(StringComparer.Ordinal)];
        return requests.Length == 0 ? [] : [.. await transaction.Connection!.QueryAsync<TeamList>(new CommandDefinition(
            $"SELECT {TeamList.Columns} FROM team_lists WHERE {database.AnyOf("request_id", "keys")}", new { keys = database.Keys(requests) }, transaction, cancellationToken: cancellationToken))];
    }

    private async Task<IEnumerable<string>> SharingAsync(DbTransaction transaction, IEnumerable<string> sessions, CancellationToken cancellationToken)
    {
        string[] keys = [.. sessions];
        return keys.Length == 0 ? [] : await transaction.Connection!.QueryAsync<string>(new CommandDefinition(
            $"SELECT DISTINCT user_id FROM outcomes WHERE user_id IS NOT NULL AND {database.AnyOf("session_id", "keys")}",
            new { keys = database.Keys(keys) }, transaction, cancellationToken: cancellationToken));
    }

    /// <summary>Units of people who have any exposure: nobody else's events are read.</summary>
    private static HashSet<string> Exposed(HashSet<string> all, Dictionary<string, List<UnitExposure>> exposures, Dictionary<string, SessionLink> linked)
    {
        string PersonOf(string unit) => UnitKey.IsSession(unit) && linked.TryGetValue(UnitKey.IdOf(unit), out var link) ? UnitKey.OfUser(link.UserId) : unit;
        var people = all.Where(unit => exposures[unit].Count > 0).Select(PersonOf).ToHashSet(StringComparer.Ordinal);
        return all.Where(unit => people.Contains(PersonOf(unit))).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>How many events each unit has; those without any are not in it.</summary>
    private async Task<Dictionary<string, long>> EventsAsync(DbTransaction transaction, HashSet<string> units, CancellationToken cancellationToken)
    {
        Dictionary<string, long> counts = new(StringComparer.Ordinal);
        foreach (var (column, ids, toKey) in Columns(units))
        {
            foreach (var (id, events) in await transaction.Connection!.QueryAsync<(string Id, long Events)>(new CommandDefinition(
                $"SELECT {column}, COUNT(*) FROM outcomes WHERE {database.AnyOf(column, "ids")} GROUP BY {column}",
                new { ids = database.Keys(ids) }, transaction, cancellationToken: cancellationToken)))
                counts[toKey(id)] = events;
        }

        return counts;
    }

    private async Task<List<Outcome>> OutcomesAsync(DbTransaction transaction, HashSet<string> units, CancellationToken cancellationToken)
    {
        Dictionary<string, Outcome> outcomes = new(StringComparer.Ordinal);
        foreach (var (column, ids, _) in Columns(units))
        {
            foreach (var outcome in await transaction.Connection!.QueryAsync<Outcome>(new CommandDefinition(
                $"SELECT {Outcome.Columns} FROM outcomes WHERE {database.AnyOf(column, "ids")}", new { ids = database.Keys(ids) }, transaction, cancellationToken: cancellationToken)))
                outcomes[outcome.EventId] = outcome;
        }

        return [.. outcomes.Values];
    }

    private static IEnumerable<(string Column, string[] Ids, Func<string, string> ToKey)> Columns(HashSet<string> units)
    {
        if (UsersOf(units).ToArray() is { Length: > 0 } users)
            yield return ("user_id", users, UnitKey.OfUser);
        if (units.Where(UnitKey.IsSession).Select(UnitKey.IdOf).ToArray() is { Length: > 0 } sessions)
            yield return ("session_id", sessions, UnitKey.OfSession);
    }

    private static IEnumerable<string> UsersOf(IEnumerable<string> units) => units.Where(static unit => !UnitKey.IsSession(unit)).Select(UnitKey.IdOf);
}
