using System.Globalization;
using Splitrail.ExperimentSvc.Inference;

namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>A ground in words.</summary>
internal static class GroundText
{
    public static string Of(Ground ground)
    {
        var of = ground.Arm is null ? ground.Metric : ground.Metric is null ? ground.Arm : $"{ground.Metric} of {ground.Arm}";
        return ground.Kind switch
        {
            GroundKind.GoalReached => $"{of} is beyond its boundary (z {Number(ground.Value)}, boundary {Number(ground.Limit)})",
            GroundKind.GoalNotReached => $"{of} is within its boundary (z {Number(ground.Value)}, boundary {Number(ground.Limit)})",
            GroundKind.GoalHarmed => $"{of} is worse at any time (bound {Percent(ground.Value)})",
            GroundKind.GuardrailHarmed => $"{of} is worse than allowed at any time (bound {Percent(ground.Value)}, allowed {Percent(ground.Limit)})",
            GroundKind.GuardrailNotHeld => $"{of} is not shown to hold (bound {Percent(ground.Value)}, allowed {Percent(ground.Limit)})",
            GroundKind.LookNotDue => $"the next planned look is due at {Count(ground.Limit)} users, and there are {Count(ground.Value)}",
            GroundKind.FewUsers => $"{of ?? "an arm"} has {Count(ground.Value)} users of the {Count(ground.Limit)} that a promotion needs",
            GroundKind.FewDays => $"it has run for {Number(ground.Value)} days of the {Number(ground.Limit)} that a promotion needs",
            GroundKind.SampleRatioMismatch => $"users do not fit the split (p {Small(ground.Value)}, limit {Small(ground.Limit)})",
            GroundKind.MultiArmUsers => $"{Percent(ground.Value)} of the users met two arms (limit {Percent(ground.Limit)})",
            GroundKind.RejectedEvents => $"{Percent(ground.Value)} of the events were refused (limit {Percent(ground.Limit)})",
            GroundKind.StaleSums => $"the sums are {Count(ground.Value / 1000)} s old (limit {Count(ground.Limit / 1000)} s)",
            GroundKind.NothingPlanned => "no number of users is planned: a horizon in units says it, or a goal with a minimum effect once the control has 1,000 users",
            GroundKind.NotYet => $"{of ?? "a metric"} has no numbers yet",
            GroundKind.PlannedUsersReached => $"the planned {Count(ground.Limit)} users are there",
            GroundKind.HorizonReached => "the planned end is there",
            GroundKind.ChanceToBeBest => $"{ground.Arm} is the best by {ground.Metric} with {Percent(ground.Value)} and gets {Percent(ground.Limit)} of the users",
            _ => ground.Kind.ToString(),
        };
    }

    private static string Number(double? value) => value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "unknown";

    private static string Small(double? value) => value?.ToString("0.####e+0", CultureInfo.InvariantCulture) ?? "unknown";

    private static string Count(double? value) => value?.ToString("N0", CultureInfo.InvariantCulture) ?? "unknown";

    private static string Percent(double? value) => value is { } known ? $"{(known * 100).ToString("0.0#", CultureInfo.InvariantCulture)} %" : "unknown";
}
