using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Reasons;

namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>A decision as an edit: what a person would do by the same action, but once, and only on the version that was decided on.</summary>
internal static class DecisionEdits
{
    public const string Actor = "evaluator";

    private const int LongestNote = 1000;

    public static Edit Of(DecisionEntry entry, long token)
    {
        var reason = new Reason { Kind = KindOf(entry), Note = entry.Sentence.Length > LongestNote ? entry.Sentence[..LongestNote] : entry.Sentence };
        if (entry.Kind == DecisionKinds.Reallocate)
            return BanditEdits.Of(entry, reason) with { Fence = Fence(token) };
        var action = ActionOf(entry);
        var edit = LifecycleEdits.Act(entry.Id, action, new ActionRequest { Arm = action == ExperimentAction.Promote ? entry.Arm : null, Reason = reason }, entry.Version, Actor);
        return edit with
        {
            Apply = (set, moment) => IsApplied(set, entry) ? set : Numbered(edit.Apply(set, moment), entry, reason, moment),
            Fence = Fence(token),
        };
    }

    private static Func<System.Data.Common.DbTransaction, CancellationToken, Task<Refusal?>> Fence(long token) =>
        async (transaction, cancellationToken) => await EvaluatorLease.HoldsAsync(transaction, token, cancellationToken) ? null : Lost;

    /// <summary>Another replica decides now: it finds the decision and carries it out.</summary>
    public static Refusal Lost { get; } = new(StatusCodes.Status409Conflict, "Lease lost", "Another replica has taken over the evaluation.") { IsTransient = true };

    /// <summary>True when this very decision is in force, or waits for a second person.</summary>
    private static bool IsApplied(DefinitionSet set, DecisionEntry entry) => set.Experiments.GetValueOrDefault(entry.Id)?.Value.Lifecycle is { } life
        && (life.Decision?.Sequence == entry.Sequence || life.Pending?.Decision?.Sequence == entry.Sequence);

    private static ExperimentAction ActionOf(DecisionEntry entry) => entry.Kind switch
    {
        DecisionKinds.Promote => ExperimentAction.Promote,
        DecisionKinds.RollBack => ExperimentAction.RollBack,
        _ => ExperimentAction.End,
    };

    private static string KindOf(DecisionEntry entry) => entry.Kind switch
    {
        DecisionKinds.Promote => "goal_reached",
        DecisionKinds.Reallocate => ReasonKinds.Other,
        DecisionKinds.RollBack => entry.Outcome.Conclusion.Grounds.Any(static ground => ground.Kind == GroundKind.GuardrailHarmed) ? "guardrail" : "harm",
        _ => "no_effect",
    };

    private static EditResult Numbered(EditResult result, DecisionEntry entry, Reason reason, EditMoment moment)
    {
        if (result.Next is not { } next)
            return result;
        var record = next.Experiments[entry.Id].Value;
        var life = record.Lifecycle;
        if (life.Pending is { Decision: { } waiting } pending)
            return next.With(record with { Lifecycle = life with { Pending = pending with { Decision = waiting with { Sequence = entry.Sequence } } } });
        var decision = entry.Kind == DecisionKinds.Inconclusive
            ? new ExperimentDecision("inconclusive", record.Definition.Arms.Single(static arm => arm.Control).Id, reason, moment.NowMs)
            : life.Decision!;
        return next.With(record with { Lifecycle = life with { Decision = decision with { Sequence = entry.Sequence } } });
    }
}
