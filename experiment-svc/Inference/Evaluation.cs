namespace Splitrail.ExperimentSvc.Inference;

/// <summary>
/// The decision, as a function of what was counted. First harm, at every look; then the promotion, at planned looks whose gates are open; then the end.
/// </summary>
internal static class Evaluation
{
    /// <summary>The conclusion with all that an owner wants to see beside it.</summary>
    public static EvaluationOutput Of(EvaluationInput input)
    {
        var conclusion = Conclude(input);
        return new EvaluationOutput(conclusion, MetricView.Of(input, conclusion.Look), Gates.SampleRatio(input), Progress(input, conclusion.Look));
    }

    /// <summary>What to do, and why; all that <see cref="Of"/> decides.</summary>
    public static Conclusion Conclude(EvaluationInput input)
    {
        EvaluationShape.Check(input);
        var harms = HarmRule.Harms(input);
        if (harms.Count > 0)
            return new Conclusion(Verdict.RollBack, harms[0].Arm, harms, null);
        var users = ArmPlaces.Users(input);
        var isAtHorizon = LookSchedule.IsAtHorizon(input, users);
        if (!LookSchedule.IsPlanned(input) || !input.Metrics.Any(static metric => metric.Role == MetricRole.Goal))
            return Wait(isAtHorizon, [new Ground(GroundKind.NothingPlanned)]);
        if (LookSchedule.IsOver(input))
            return new Conclusion(Verdict.Inconclusive, null, [End(input, users, isAtHorizon)], null);
        var due = LookSchedule.Due(input.Plan, users);
        if (due <= Taken(input) && !isAtHorizon)
            return Wait(false, [new Ground(GroundKind.LookNotDue, null, null, users, LookSchedule.UsersOf(input.Plan, due))]);
        var closed = Gates.Closed(input);
        return closed.Count > 0 ? Wait(isAtHorizon, closed) : Look(input, users, isAtHorizon);

        Conclusion Wait(bool isOver, List<Ground> grounds)
        {
            if (isOver)
                grounds.Add(End(input, users, isAtHorizon));
            return new Conclusion(isOver ? Verdict.Inconclusive : Verdict.KeepGoing, null, grounds, null);
        }
    }

    private static Conclusion Look(EvaluationInput input, long users, bool isAtHorizon)
    {
        var look = LookSchedule.Take(input, users);
        var (arm, grounds) = PromoteRule.Choose(input, look);
        if (arm is not null)
            return new Conclusion(Verdict.Promote, arm, grounds, look);
        if (look.IsFinal)
            grounds.Add(End(input, users, isAtHorizon));
        return new Conclusion(look.IsFinal ? Verdict.Inconclusive : Verdict.KeepGoing, null, grounds, look);
    }

    private static Ground End(EvaluationInput input, long users, bool isAtHorizon) => isAtHorizon
        ? new Ground(GroundKind.HorizonReached, null, null, input.NowMs - input.StartedMs, input.Plan.HorizonMs - input.StartedMs)
        : new Ground(GroundKind.PlannedUsersReached, null, null, users, input.Plan.PlannedUsers);

    private static int Taken(EvaluationInput input) => input.Looks.Count == 0 ? 0 : input.Looks[^1].Planned;

    private static SampleProgress Progress(EvaluationInput input, PastLook? look)
    {
        var (users, control) = (ArmPlaces.Users(input), ArmPlaces.Control(input));
        var least = double.PositiveInfinity;
        for (var arm = 0; arm < input.Arms.Count; arm++)
            least = arm != control && ArmPlaces.IsLive(input, arm) ? Math.Min(least, LookSchedule.Information(input, arm, control)) : least;
        var taken = look?.Planned ?? Taken(input);
        long? next = LookSchedule.IsPlanned(input) && taken < input.Plan.Looks.Count ? LookSchedule.UsersOf(input.Plan, taken) : null;
        return new SampleProgress(users, input.Plan.PlannedUsers, double.IsFinite(least) ? least : 0, input.Looks.Count + (look is null ? 0 : 1), next);
    }
}
