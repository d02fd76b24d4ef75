namespace Splitrail.ExperimentSvc.Definitions;

/// <summary>What an experiment is for.</summary>
internal static class ExperimentTypes
{
    /// <summary>Which arm is better, if any.</summary>
    public const string Test = "ab";

    /// <summary>Whether arms that do the same look the same: it checks the installation, and has no winner.</summary>
    public const string Same = "aa";

    /// <summary>Users go to the arm that earns most while it is found out which that is.</summary>
    public const string Bandit = "bandit";

    /// <summary>Which of two rankings people prefer when both are in one list.</summary>
    public const string Interleaving = "interleaving";

    public static IReadOnlyList<string> All { get; } = [Test, Same, Bandit, Interleaving];
}
