using Splitrail.ExperimentSvc.Definitions;

namespace Splitrail.ExperimentSvc.Api;

/// <summary>How a split that was written with rounded shares was completed.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Arms">Each arm's share as it was given and as it is.</param>
public sealed record SplitView(string Rule, IReadOnlyList<CompletedShare> Arms)
{
    /// <summary>Null when the shares were exact.</summary>
    public static SplitView? Of(DefinedExperiment? given, DefinedExperiment completed)
    {
        if (given?.Arms is not { } arms || arms.Count != completed.Arms.Count || arms.Zip(completed.Arms).All(static pair => pair.First.Share == pair.Second.Share))
            return null;
        return new SplitView(
            "scaled to sum to 1; what rounding left over goes to the largest remainders, in units of 0.000001 %",
            [.. arms.Zip(completed.Arms, static (one, other) => new CompletedShare(one.Id, one.Share, other.Share))]);
    }
}

/// <param name="Arm">The arm.</param>
/// <param name="Given">As written.</param>
/// <param name="Share">As stored, 0..1.</param>
public sealed record CompletedShare(string Arm, double Given, double Share);
