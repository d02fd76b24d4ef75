using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Reasons;

namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>A bandit's step as an edit of the split: once, and only on the version that it was decided on. It is no second person's business: the limits were.</summary>
internal static class BanditEdits
{
    /// <param name="entry">The decision.</param>
    /// <param name="reason">Its sentence.</param>
    public static Edit Of(DecisionEntry entry, Reason reason) => new(DecisionKinds.Reallocate, DecisionEdits.Actor, (set, _) =>
    {
        if (!set.Experiments.TryGetValue(entry.Id, out var held))
            return Refusal.Unknown("experiment", entry.Id, set.Experiments.Keys);
        var record = held.Value;
        if (record.Lifecycle.Reallocation >= entry.Sequence)
            return set;
        if (held.Version != entry.Version)
            return Conflicts.Stale($"Experiment '{entry.Id}'", held.Version, entry.Version);
        if (!record.IsRunning)
            return new Refusal(StatusCodes.Status409Conflict, "Not running", $"Experiment '{entry.Id}' is {record.State.NameOf()}: its split stays as it is.");
        var shares = entry.Facts.Arms.Zip(entry.Outcome.Bandit!.Shares).ToDictionary(static pair => pair.First.Id, static pair => pair.Second, StringComparer.Ordinal);
        return set.With(new ExperimentRecord(
            record.Definition with { Arms = [.. record.Definition.Arms.Select(arm => arm with { Share = shares[arm.Id] })] },
            record.Lifecycle with { Reallocation = entry.Sequence }));
    })
    {
        Reason = reason,
    };
}
