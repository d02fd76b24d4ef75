using Splitrail.ExperimentSvc.Definitions;

namespace Splitrail.ExperimentSvc.Bandits;

/// <summary>What a bandit's step follows from beside the sums; kept in the decision log.</summary>
/// <param name="Limits">How far it may go.</param>
/// <param name="Shares">The present split, in the order of the arms.</param>
/// <param name="EveryMs">Between two steps, at least.</param>
internal sealed record BanditPlan(BanditLimits Limits, IReadOnlyList<double> Shares, long EveryMs)
{
    private const double UsualHours = 1;

    /// <summary>Null for experiments that are none.</summary>
    public static BanditPlan? Of(DefinedExperiment experiment) => experiment.Type != ExperimentTypes.Bandit ? null : new BanditPlan(
        LimitsOf(experiment), [.. experiment.Arms.Select(static arm => arm.Share)], (long)TimeSpan.FromHours(experiment.Bandit?.Hours ?? UsualHours).TotalMilliseconds);

    public static BanditLimits LimitsOf(DefinedExperiment experiment)
    {
        var (usual, wanted) = (new BanditLimits(), experiment.Bandit);
        return new BanditLimits(wanted?.Least ?? usual.Least, wanted?.Step ?? usual.Step, wanted?.TopTwo ?? usual.IsTopTwo);
    }
}
