using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.ExperimentSvc.Inference;

/// <summary>What must hold before a planned look is taken. They keep from promoting and never from rolling back.</summary>
internal static class Gates
{
    private const double DayMs = 86_400_000;

    /// <returns>Every gate that is closed.</returns>
    public static List<Ground> Closed(EvaluationInput input)
    {
        var (plan, closed) = (input.Plan, new List<Ground>());
        for (var arm = 0; arm < input.Arms.Count; arm++)
        {
            if (ArmPlaces.IsLive(input, arm) && ArmPlaces.Users(input, arm) is var users && users < plan.FloorUsersPerArm)
                closed.Add(new Ground(GroundKind.FewUsers, null, input.Arms[arm].Id, users, plan.FloorUsersPerArm));
        }

        var days = Math.Floor((input.NowMs - input.StartedMs) / DayMs);
        if (days < plan.FloorDays)
            closed.Add(new Ground(GroundKind.FewDays, null, null, days, plan.FloorDays));
        var sample = SampleRatio(input);
        if (sample.IsMismatch)
            closed.Add(new Ground(GroundKind.SampleRatioMismatch, null, null, sample.PValue, plan.SampleRatioAlpha));
        Quality(input, closed);
        return closed;
    }

    public static SampleRatioFinding SampleRatio(EvaluationInput input)
    {
        var p = SampleRatioEpochs.PValue([.. input.Epochs.Select(static epoch => (epoch.Users, epoch.Shares))]);
        return new SampleRatioFinding(p, p <= input.Plan.SampleRatioAlpha);
    }

    private static void Quality(EvaluationInput input, List<Ground> closed)
    {
        var (plan, facts) = (input.Plan, input.Quality);
        Part(GroundKind.MultiArmUsers, facts.MultiArmUsers, ArmPlaces.Users(input), plan.MultiArmLimit);
        Part(GroundKind.RejectedEvents, facts.RejectedEvents, facts.AcceptedEvents, plan.RejectedLimit);
        if (facts.LagMs > plan.LagLimitMs)
            closed.Add(new Ground(GroundKind.StaleSums, null, null, facts.LagMs, plan.LagLimitMs));

        void Part(GroundKind kind, long bad, long good, double limit)
        {
            var part = bad == 0 ? 0 : (double)bad / (bad + good);
            if (part > limit)
                closed.Add(new Ground(kind, null, null, part, limit));
        }
    }
}
