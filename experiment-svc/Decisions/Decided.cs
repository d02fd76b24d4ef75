using Splitrail.ExperimentSvc.Inference;

namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>Something to record: a planned look, or a decision, that follows from facts alone.</summary>
internal sealed record Decided(string Kind, string? Arm, string Sentence, EvaluationFacts Facts, EvaluationOutput Outcome)
{
    public bool IsLook => Kind == DecisionKinds.Look;

    /// <summary>Null when there is nothing to record.</summary>
    public static Decided? Of(EvaluationFacts facts)
    {
        var outcome = facts.Evaluated();
        return DecisionKinds.Of(outcome.Conclusion) is { } kind ? new Decided(kind, outcome.Conclusion.Arm, DecisionSentence.Of(facts, outcome), facts, outcome) : null;
    }

    public DecisionEntry ToEntry(long sequence, string experiment, long version, string mode, string prevHash) =>
        new(sequence, Facts.NowMs, Kind, experiment, version, mode, Arm, Sentence, Facts, Outcome, DecisionEntry.ThisRelease, prevHash);
}
