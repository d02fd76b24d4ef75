namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>What becomes of a decision.</summary>
internal static class DecisionModes
{
    /// <summary>It is recorded, and its owner decides.</summary>
    public const string Recommend = "recommend";

    /// <summary>It is recorded and carried out.</summary>
    public const string Act = "act";

    public static IReadOnlyList<string> All { get; } = [Recommend, Act];
}
