using Splitrail.ExperimentSvc.Inference;

namespace Splitrail.Benchmarks.Coverage;

/// <summary>Inputs of two arms for evaluations that are looked at once.</summary>
internal static class TwoArms
{
    private const long WeekMs = 604_800_000;

    public static EvaluationInput Of(MetricInput metric, params EpochInput[] epochs) => new(
        new EvaluationPlan { PlannedUsers = epochs.Sum(static epoch => epoch.Users.Sum()), Looks = [1] },
        [new ArmInput("control", true), new ArmInput("treatment", false)],
        epochs,
        [metric],
        QualityFacts.None,
        [],
        0,
        WeekMs);

    public static EpochInput Epoch(int id, long control, long treatment) => new(id, [control, treatment], [control, treatment]);
}
