namespace Splitrail.ExperimentSvc.Inference;

/// <summary>When planned looks are due and how much is known at each. Both follow from users and time alone, never from outcomes, or the looks would not be planned.</summary>
internal static class LookSchedule
{
    /// <summary>Recorded to a thousandth: what a look spends does not hang on single users, and equal plans have equal boundaries.</summary>
    private const int Digits = 3;

    public static bool IsPlanned(EvaluationInput input) => input.Plan.PlannedUsers > 0 && input.Plan.Looks.Count > 0;

    /// <summary>How many of the plan's looks are due with these users.</summary>
    public static int Due(EvaluationPlan plan, long users)
    {
        var due = 0;
        while (due < plan.Looks.Count && users >= UsersOf(plan, due))
            due++;
        return due;
    }

    /// <summary>Users at which a look is due.</summary>
    public static long UsersOf(EvaluationPlan plan, int look) => (long)Math.Ceiling(plan.Looks[look] * plan.PlannedUsers);

    public static bool IsAtHorizon(EvaluationInput input, long users) => IsAtHorizon(input.Plan, input.NowMs, users);

    public static bool IsAtHorizon(EvaluationPlan plan, long nowMs, long users)
    {
        var (time, count) = (plan.HorizonMs, plan.HorizonUsers);
        return (time is not null || count is not null) && (time is null || nowMs >= time) && (count is null || users >= count);
    }

    public static bool IsOver(EvaluationInput input) => input.Looks.Count > 0 && input.Looks[^1].IsFinal;

    /// <summary>The look that is taken now.</summary>
    public static PastLook Take(EvaluationInput input, long users)
    {
        var due = Due(input.Plan, users);
        var control = ArmPlaces.Control(input);
        var information = new double[input.Arms.Count];
        for (var arm = 0; arm < information.Length; arm++)
            information[arm] = arm == control ? 0 : Information(input, arm, control);
        return new PastLook(due, input.NowMs, users, information, due == input.Plan.Looks.Count || IsAtHorizon(input, users));
    }

    /// <summary>In parts of what the planned users would tell in the split in which this arm began.</summary>
    public static double Information(EvaluationInput input, int arm, int control)
    {
        var (known, planned) = (0.0, 0.0);
        foreach (var epoch in input.Epochs)
        {
            known += Comparison.Harmonic(epoch.Users[arm], epoch.Users[control]);
            if (planned == 0)
                planned = input.Plan.PlannedUsers * Comparison.Harmonic(epoch.Shares[arm], epoch.Shares[control]) / epoch.Shares.Sum();
        }

        return planned > 0 ? Math.Round(known / planned, Digits) : 0;
    }
}
