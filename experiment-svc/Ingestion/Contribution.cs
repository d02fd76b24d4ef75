using Splitrail.ExperimentSvc.Aggregates;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>What one person adds to an experiment. The sums are those of all contributions; a changed one goes into them as the difference to what it was.</summary>
/// <param name="Person">Key of the person.</param>
/// <param name="Experiment">The experiment.</param>
/// <param name="State">One of <see cref="PersonStates"/>.</param>
/// <param name="Arms">Arms seen, in ordinal order, parted by '|'.</param>
/// <param name="Epoch">Of the first exposure.</param>
/// <param name="Added">See <see cref="AddedValues"/>; empty unless counted.</param>
/// <param name="Segments">See <see cref="Ingestion.Segments"/>; empty unless counted.</param>
/// <param name="Shown">See <see cref="ShownItems"/>; empty unless counted.</param>
internal sealed record Contribution(string Person, string Experiment, string State, string Arms, long Epoch, string Added, string Segments, string Shown)
{
    public const string Columns = "person AS Person, experiment AS Experiment, state AS State, arms AS Arms, epoch AS Epoch, added AS Added, segments AS Segments, shown AS Shown";

    public static BulkTable<Contribution> Table { get; } = new("contributions", "person, experiment",
    [
        new("person", static row => row.Person),
        new("experiment", static row => row.Experiment),
        new("state", static row => row.State),
        new("arms", static row => row.Arms),
        new("epoch", static row => row.Epoch),
        new("added", static row => row.Added),
        new("segments", static row => row.Segments),
        new("shown", static row => row.Shown),
    ]);

    public (string Person, string Experiment) Key => (Person, Experiment);

    /// <summary>Both add to the same sums.</summary>
    public bool IsBeside(Contribution other) =>
        (Experiment, State, Arms, Epoch, Segments) == (other.Experiment, other.State, other.Arms, other.Epoch, other.Segments);

    /// <summary>Where the person is counted.</summary>
    public IEnumerable<(string Kind, string Arm, long Epoch)> Counts()
    {
        switch (State)
        {
            case PersonStates.Counted or PersonStates.Moved:
                yield return (CountKinds.Counted, Arms, Epoch);
                yield return (CountKinds.Saw, Arms, 0);
                if (State == PersonStates.Moved)
                    yield return (CountKinds.Moved, "", 0);
                break;
            case PersonStates.MultiArm:
                yield return (CountKinds.MultiArm, "", 0);
                foreach (var arm in Arms.Split('|'))
                    yield return (CountKinds.Saw, arm, 0);
                break;
            default:
                yield return (CountKinds.Excluded, "", 0);
                break;
        }
    }
}

internal static class PersonStates
{
    public const string Counted = "counted";

    /// <summary>
    /// Was given to another arm by an edit of the split, and stays counted in the first one. To leave him out would leave an arm that shrinks with those who never came back
    /// (docs/decisions/0033).
    /// </summary>
    public const string Moved = "moved";

    /// <summary>Saw more than one arm, and no edit explains it.</summary>
    public const string MultiArm = "multi_arm";

    /// <summary>By name.</summary>
    public const string Excluded = "excluded";

    /// <summary>More events than a person has; stays so.</summary>
    public const string Overactive = "overactive";
}
