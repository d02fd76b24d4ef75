using Splitrail.ExperimentSvc.Inference;

namespace Splitrail.Tests.Unit.ExperimentSvc.Inference;

/// <summary>Inputs of evaluations: a day is a day, a user a user.</summary>
internal static class EvaluationInputs
{
    public const long DayMs = 86_400_000;
    public const long Start = 1_750_000_000_000;

    /// <summary>A control and one treatment in one epoch of the split 50/50, conversions being the goal.</summary>
    public static EvaluationInput Of(long users, double control, double treatment, double days = 7) => Of(Conversions(users, control, treatment)) with
    {
        NowMs = Start + (long)(days * DayMs),
    };

    public static EvaluationInput Of(params MetricInput[] metrics)
    {
        var cells = metrics[0].Cells;
        return new EvaluationInput(
            new EvaluationPlan { PlannedUsers = 100_000, Looks = [0.2, 0.4, 0.6, 0.8, 1] },
            [new ArmInput("control", true), .. Enumerable.Range(1, cells.Count - 1).Select(static arm => new ArmInput($"arm{arm}", false))],
            [.. cells[0].Select((_, epoch) => new EpochInput(epoch + 1, [.. cells.Select(arm => arm[epoch].Users)], [.. cells.Select(static _ => 1.0)]))],
            metrics,
            QualityFacts.None,
            [],
            Start,
            Start + (7 * DayMs));
    }

    public static MetricInput Conversions(long users, params double[] rates) => new()
    {
        Name = "conversion",
        Kind = MetricKind.Proportion,
        Role = MetricRole.Goal,
        Cells = [.. rates.Select(rate => (IReadOnlyList<MetricCell>)[Rate(users, rate)])],
    };

    public static MetricCell Rate(long users, double rate) => new(users, Math.Round(users * rate), Math.Round(users * rate));

    /// <summary>A mean with this standard deviation.</summary>
    public static MetricCell Mean(long users, double mean, double deviation) =>
        new(users, users * mean, (users * mean * mean) + ((users - 1) * deviation * deviation));
}
