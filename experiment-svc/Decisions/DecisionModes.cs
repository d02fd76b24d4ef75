using Splitrail.ExperimentSvc.Definitions;

namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>What becomes of a decision.</summary>
internal static class DecisionModes
{
    /// <summary>It is recorded, and its owner decides.</summary>
    public const string Recommend = "recommend";

    /// <summary>It is recorded and carried out.</summary>
    public const string Act = "act";

    /// <summary>It is recorded as what it would be, and nobody decides: of experiments whose arms do the same, where all that is found is a false alarm.</summary>
    public const string Observe = "observe";

    /// <summary>How decisions of this experiment are meant.</summary>
    public static string Of(DefinedExperiment experiment) => experiment.Type == ExperimentTypes.Same ? Observe : experiment.Decisions?.Mode ?? Recommend;

    /// <summary>That an owner can choose.</summary>
    public static IReadOnlyList<string> All { get; } = [Recommend, Act];
}
