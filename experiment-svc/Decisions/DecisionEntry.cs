using System.Text.Json;
using Splitrail.ExperimentSvc.Chains;
using Splitrail.ExperimentSvc.Inference;

namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>One decision, or one planned look, with all that it follows from.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="AtMs">Unix milliseconds, by the clock of the replica that made it.</param>
/// <param name="Kind">One of <see cref="DecisionKinds"/>.</param>
/// <param name="Id">The experiment.</param>
/// <param name="Version">Of the experiment that was decided on.</param>
/// <param name="Mode">One of <see cref="DecisionModes"/>.</param>
/// <param name="Arm">Who is promoted, or does harm; null otherwise.</param>
/// <param name="Sentence">Why, in an owner's words.</param>
/// <param name="Facts">What was looked at.</param>
/// <param name="Outcome">What the evaluation of them said.</param>
/// <param name="Release">Of the program that decided.</param>
/// <param name="PrevHash">Hash of the entry before; of the first one <see cref="ChainHash.Genesis"/>.</param>
internal sealed record DecisionEntry(
    long Sequence,
    long AtMs,
    string Kind,
    string Id,
    long Version,
    string Mode,
    string? Arm,
    string Sentence,
    EvaluationFacts Facts,
    EvaluationOutput Outcome,
    string Release,
    string PrevHash)
{
    public static string ThisRelease { get; } = typeof(DecisionEntry).Assembly.GetName().Version?.ToString() ?? "unknown";

    public bool IsLook => Kind == DecisionKinds.Look;

    /// <summary>The text that is stored and hashed.</summary>
    public string Canonical() => CanonicalJson.Of(JsonSerializer.SerializeToElement(this, DecisionJson.Default.DecisionEntry));

    public static DecisionEntry Of(string canonical) => JsonSerializer.Deserialize(canonical, DecisionJson.Default.DecisionEntry)!;
}
