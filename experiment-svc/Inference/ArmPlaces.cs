namespace Splitrail.ExperimentSvc.Inference;

/// <summary>Which arms are compared, by place.</summary>
internal static class ArmPlaces
{
    public static int Control(EvaluationInput input)
    {
        for (var arm = 0; arm < input.Arms.Count; arm++)
        {
            if (input.Arms[arm].IsControl)
                return arm;
        }

        throw new ArgumentException("no arm is the control", nameof(input));
    }

    public static int Treatments(EvaluationInput input) => input.Arms.Count - 1;

    /// <summary>Whether the arm gets users in the present epoch; one that was taken out can neither be promoted nor keep others from it.</summary>
    public static bool IsLive(EvaluationInput input, int arm) => input.Epochs.Count > 0 && input.Epochs[^1].Shares[arm] > 0;

    public static long Users(EvaluationInput input, int arm)
    {
        var sum = 0L;
        foreach (var epoch in input.Epochs)
            sum += epoch.Users[arm];
        return sum;
    }

    public static long Users(EvaluationInput input)
    {
        var sum = 0L;
        for (var arm = 0; arm < input.Arms.Count; arm++)
            sum += Users(input, arm);
        return sum;
    }
}
