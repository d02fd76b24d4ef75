using Splitrail.ExperimentSvc.Decisions;

namespace Splitrail.ExperimentSvc.Results;

/// <summary>Answer of <c>GET /v1/experiments/{id}/decisions</c>, the newest first.</summary>
internal sealed record DecisionList(string Id, IReadOnlyList<DecisionView> Decisions);

/// <param name="Sequence">In the decision log.</param>
/// <param name="At">When.</param>
/// <param name="Kind"><c>promote</c>, <c>roll_back</c>, <c>inconclusive</c>, <c>reallocate</c> (a bandit's next split), or <c>look</c>: a planned look that decided nothing.</param>
/// <param name="Arm">Who is promoted, or does harm.</param>
/// <param name="Sentence">Why, in an owner's words.</param>
/// <param name="Mode"><c>recommend</c>, <c>act</c> or (of an A/A experiment) <c>observe</c>, at that time.</param>
/// <param name="State"><c>noted</c> (a look, or a false alarm), <c>recommended</c>, <c>pending</c>, <c>applied</c> or <c>superseded</c>.</param>
/// <param name="StateSince">Since when.</param>
/// <param name="Note">Why it was not carried out.</param>
/// <param name="Version">Of the experiment that was decided on.</param>
/// <param name="Users">Counted then.</param>
/// <param name="Look">Which planned look it was; missing when it was none.</param>
/// <param name="Grounds">Why, one by one.</param>
/// <param name="Hash">Of the log's entry.</param>
public sealed record DecisionView(
    long Sequence, DateTimeOffset At, string Kind, string? Arm, string Sentence, string Mode, string State, DateTimeOffset StateSince, string? Note, long Version, long Users, int? Look,
    IReadOnlyList<GroundView> Grounds, string Hash)
{
    internal static DecisionView Of(RecordedDecision recorded)
    {
        var (entry, conclusion) = (recorded.Entry, recorded.Entry.Outcome.Conclusion);
        return new DecisionView(
            entry.Sequence, ResultsText.Time(entry.AtMs), entry.Kind, entry.Arm, entry.Sentence, entry.Mode, recorded.Action.State, ResultsText.Time(recorded.Action.StateMs), recorded.Action.Note,
            entry.Version, entry.Outcome.Progress.Users, conclusion.Look?.Planned, [.. conclusion.Grounds.Select(GroundView.Of)], recorded.Hash);
    }
}
