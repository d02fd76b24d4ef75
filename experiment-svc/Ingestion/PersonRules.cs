using Splitrail.ExperimentSvc.Interleaving;
using Splitrail.ExperimentSvc.Metrics;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>From all that is known of a person to what he adds.</summary>
internal sealed class PersonRules(ExclusionRules exclusions, IngestionOptions options)
{
    private static readonly long[] s_nothing = new long[Enum.GetValues<Quantity>().Length];

    public Contribution ContributionOf(CountedPerson person)
    {
        var first = person.Exposures.Aggregate(static (one, other) => other.IsBefore(one) ? other : one);
        var arms = string.Join('|', person.Exposures.Select(static exposure => exposure.Arm).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        var state = StateOf(person, arms);
        if (state is not (PersonStates.Counted or PersonStates.Moved))
            return new Contribution(person.Key, person.Experiment.Id, state, arms, first.Epoch, "", "", "");
        var (after, before) = Parted(person, first);
        return new Contribution(person.Key, person.Experiment.Id, state, first.Arm, first.Epoch, AddedBy(person, after, before), Segments.Of(first, before.Count > 0), ShownItems.Of(ShownBy(person, first.Arm, after)));
    }

    private string StateOf(CountedPerson person, string arms)
    {
        if (person.Units.Any(unit => exclusions.Excludes(UnitKey.IdOf(unit))))
            return PersonStates.Excluded;
        if (person.IsOveractive || person.Events > options.MostEvents)
            return PersonStates.Overactive;
        return !arms.Contains('|') ? PersonStates.Counted : IsMoved(person.Exposures) ? PersonStates.Moved : PersonStates.MultiArm;
    }

    /// <summary>The same unit had each arm in an epoch of its own: an edit of the split gave its slot to another arm. Two arms of one epoch, or of two ids, are a fault.</summary>
    private static bool IsMoved(IReadOnlyList<UnitExposure> exposures) =>
        exposures.DistinctBy(static one => one.Unit).Count() == 1 && exposures.DistinctBy(static one => one.Epoch).Count() == exposures.Count;

    /// <summary>What a moved person is shown later is what another arm shows.</summary>
    private static List<Outcome> ShownBy(CountedPerson person, string arm, List<Outcome> after)
    {
        var until = person.Exposures.Where(one => one.Arm != arm).Select(static one => one.AtMs).DefaultIfEmpty(long.MaxValue).Min();
        return until == long.MaxValue ? after : after.FindAll(one => one.AtMs < until);
    }

    /// <summary>What he did since his first exposure, and what in the time before it.</summary>
    private (List<Outcome> After, List<Outcome> Before) Parted(CountedPerson person, UnitExposure first)
    {
        var lookBack = (long)options.LookBack.TotalMilliseconds;
        List<Outcome> after = [];
        List<Outcome> before = [];
        foreach (var outcome in person.Outcomes)
        {
            // The request of the exposure itself may carry a time of the shopper's own clock.
            if (outcome.AtMs >= first.AtMs || (first.RequestId.Length > 0 && outcome.RequestId == first.RequestId))
            {
                if (outcome.AtMs <= person.Experiment.UntilMs)
                    after.Add(outcome);
            }
            else if (outcome.AtMs >= first.AtMs - lookBack)
            {
                before.Add(outcome);
            }
        }

        return (after, before);
    }

    private static string AddedBy(CountedPerson person, List<Outcome> after, List<Outcome> before)
    {
        if (after.Count == 0 && before.Count == 0)
            return "";
        var values = person.Experiment.Metrics.GroupBy(static metric => (long)metric.Window.TotalMilliseconds).SelectMany(ofWindow =>
        {
            var since = after.Count == 0 ? s_nothing : QuantityCounts.Of(after, ofWindow.Key);
            var past = before.Count == 0 ? s_nothing : QuantityCounts.Of(before, ofWindow.Key);
            return ofWindow.Select(metric => AddedValue.Of(metric, since, past));
        });
        return AddedValues.Write(person.Experiment.Control is { } control ? values.Append(new AddedValue(TeamWins.Metric, TeamWins.Of(person.Lists, after, control) * QuantityCounts.One, 0, 0)) : values);
    }
}
