namespace Splitrail.ExperimentSvc.Reasons;

/// <summary>Why somebody decided by hand: a kind that can be counted, and words for who reads it in a year.</summary>
public sealed record Reason
{
    /// <summary>One of <see cref="ReasonKinds"/>.</summary>
    public string Kind { get; set; } = "";

    public string Note { get; set; } = "";
}

internal static class ReasonKinds
{
    public const string Other = "other";

    public static IReadOnlyList<string> All { get; } =
        ["goal_reached", "no_effect", "harm", "guardrail", "defect", "business", "support", "testing", Other];
}
