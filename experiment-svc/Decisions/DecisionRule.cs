using Splitrail.ExperimentSvc.Inference;

namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>What may follow what. Each thing is decided once; who undoes a decision has the last word on it.</summary>
internal static class DecisionRule
{
    /// <summary>False when the same was decided before, or something that ends all further questions.</summary>
    public static bool IsNew(Decided decided, IReadOnlyList<RecordedDecision> before)
    {
        var standing = before.Where(static one => !one.Entry.IsLook && IsStanding(one)).Select(static one => one.Entry).ToArray();
        return decided.Kind switch
        {
            DecisionKinds.Look => true,
            DecisionKinds.Reallocate => IsDue(decided, standing),
            // Harm is said whatever was recommended before.
            DecisionKinds.RollBack => standing.All(entry => entry.Kind != DecisionKinds.RollBack || entry.Arm != decided.Arm),
            DecisionKinds.Promote => standing.All(entry => entry.Kind != DecisionKinds.Inconclusive && entry.Arm != decided.Arm),
            _ => standing.Length == 0,
        };
    }

    /// <summary>A bandit takes one step at a time, and none after harm was found.</summary>
    private static bool IsDue(Decided decided, DecisionEntry[] standing) => decided.Facts.Bandit is { } plan
        && standing.All(entry => entry.Kind == DecisionKinds.Reallocate && decided.Facts.NowMs - entry.AtMs >= plan.EveryMs);

    /// <summary>
    /// Planned looks that count. That of a decision which an edit overtook does not: it found what it looked for, and to ask for the same once more makes no false find likelier.
    /// </summary>
    /// <param name="before">What the log has of the experiment.</param>
    /// <param name="arms">Its arms now: one that came later knew nothing at an earlier look, and one that went is no longer asked about.</param>
    public static IReadOnlyList<PastLook> Looks(IReadOnlyList<RecordedDecision> before, IReadOnlyList<string> arms) =>
    [
        .. before.Where(static one => HasLook(one)).Select(one =>
        {
            var (look, then) = (one.Entry.Outcome.Conclusion.Look!, one.Entry.Facts.Arms);
            return look with { Information = [.. arms.Select(arm => Place(then, arm) is >= 0 and var place ? look.Information[place] : 0)] };
        }),
    ];

    public static bool HasLook(RecordedDecision one) => IsStanding(one) && one.Entry.Outcome.Conclusion.Look is not null;

    private static int Place(IReadOnlyList<ArmInput> arms, string id)
    {
        for (var i = 0; i < arms.Count; i++)
        {
            if (arms[i].Id == id)
                return i;
        }

        return -1;
    }

    private static bool IsStanding(RecordedDecision one) => one.Action.State != DecisionState.Superseded;
}
