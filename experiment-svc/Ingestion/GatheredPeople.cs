using Splitrail.ExperimentSvc.Interleaving;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>All that is known of some people.</summary>
/// <param name="units">Their units, each person's complete.</param>
/// <param name="exposures">By unit; also of sessions that their events name and that are somebody else's.</param>
/// <param name="userOf">By session: who logged in on it first.</param>
/// <param name="outcomes">Events of these units.</param>
/// <param name="overactive">Units whose events were too many to be read.</param>
/// <param name="lists">Interleaved lists that their clicks name.</param>
internal sealed class GatheredPeople(
    IReadOnlyCollection<string> units,
    IReadOnlyDictionary<string, List<UnitExposure>> exposures,
    IReadOnlyDictionary<string, string> userOf,
    IReadOnlyCollection<Outcome> outcomes,
    IReadOnlyCollection<string> overactive,
    IReadOnlyCollection<TeamList> lists)
{
    private readonly ILookup<string, Outcome> _byUser = outcomes.Where(static one => one.UserId is not null).ToLookup(static one => UnitKey.OfUser(one.UserId!), StringComparer.Ordinal);
    private readonly ILookup<string, Outcome> _bySession = outcomes.Where(static one => one.SessionId is not null).ToLookup(static one => UnitKey.OfSession(one.SessionId!), StringComparer.Ordinal);
    private readonly ILookup<string, TeamList> _lists = lists.ToLookup(static one => one.Experiment, StringComparer.Ordinal);
    private readonly HashSet<string> _overactive = new(overactive, StringComparer.Ordinal);

    /// <summary>Keys under which these people may have contributions now or had some before they were joined.</summary>
    public IReadOnlyCollection<string> Units => units;

    /// <summary>People with exposures that count, by experiment.</summary>
    public IEnumerable<CountedPerson> People(IReadOnlyDictionary<string, CountedExperiment> book)
    {
        var counted = from unit in units
                      from exposure in exposures[unit]
                      let experiment = book.GetValueOrDefault(exposure.Experiment)
                      where experiment is { IsSealed: false } && experiment.Counts(exposure)
                      group exposure by (experiment, Person: PersonOf(unit, experiment));
        foreach (var person in counted)
        {
            var (experiment, key) = person.Key;
            string[] own = [.. person.Select(static exposure => exposure.Unit).Append(key).Concat(SessionsOf(key, experiment)).Distinct(StringComparer.Ordinal)];
            var events = own.SelectMany(unit => UnitKey.IsSession(unit) ? _bySession[unit] : _byUser[unit]).DistinctBy(static one => one.EventId, StringComparer.Ordinal).ToArray();
            yield return new CountedPerson(
                key, experiment, [.. person], own, [.. events.Where(one => OwnerOf(one, experiment) == key)], events.Length, own.Any(_overactive.Contains),
                [.. _lists[experiment.Id].Where(list => own.Contains(list.Unit))]);
        }
    }

    private IEnumerable<string> SessionsOf(string person, CountedExperiment experiment) => experiment.JoinsSessions
        && !UnitKey.IsSession(person) ? SessionsByUser[UnitKey.IdOf(person)]
        : [];

    private ILookup<string, string> SessionsByUser => field ??= userOf.ToLookup(static link => link.Value, static link => UnitKey.OfSession(link.Key), StringComparer.Ordinal);

    private string PersonOf(string unit, CountedExperiment experiment) =>
        experiment.JoinsSessions && UnitKey.IsSession(unit) && userOf.TryGetValue(UnitKey.IdOf(unit), out var user) ? UnitKey.OfUser(user) : unit;

    /// <summary>The session's when that was exposed, because then it is the session's arm that was seen; else the user's.</summary>
    private string OwnerOf(Outcome outcome, CountedExperiment experiment)
    {
        if (outcome.SessionId is not { } session)
            return UnitKey.OfUser(outcome.UserId!);
        var key = UnitKey.OfSession(session);
        var isExposed = exposures.TryGetValue(key, out var seen) && seen.Exists(one => one.Experiment == experiment.Id && experiment.Counts(one));
        return isExposed || outcome.UserId is null ? PersonOf(key, experiment) : UnitKey.OfUser(outcome.UserId);
    }
}

/// <summary>One person of one experiment.</summary>
/// <param name="Key">The person.</param>
/// <param name="Experiment">The experiment.</param>
/// <param name="Exposures">To one arm, or to several.</param>
/// <param name="Units">All of the person's.</param>
/// <param name="Outcomes">The person's own.</param>
/// <param name="Events">How many events name the person's units.</param>
/// <param name="IsOveractive">So many that they were not read.</param>
/// <param name="Lists">Interleaved ones that the person clicked in.</param>
internal sealed record CountedPerson(
    string Key, CountedExperiment Experiment, IReadOnlyList<UnitExposure> Exposures, IReadOnlyList<string> Units, IReadOnlyList<Outcome> Outcomes, int Events, bool IsOveractive,
    IReadOnlyList<TeamList> Lists);
