using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Inference;

namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>
/// The plan of an experiment's planned looks. From the first look on it stays what it was then, whatever is edited: alpha that is spent under one plan cannot be spent anew under
/// another. The horizon and the floors follow the definition; a horizon that was moved forward spends nothing by that.
/// </summary>
internal static class AgreedPlan
{
    public static EvaluationPlan Of(ExperimentRecord record, EvaluationFacts facts, IReadOnlyList<RecordedDecision> before)
    {
        var wanted = Wanted(record);
        if (before.FirstOrDefault(DecisionRule.HasLook) is { } first)
        {
            var (agreed, most) = (first.Entry.Facts.Plan, before.Where(DecisionRule.HasLook).Max(static one => ComparisonsOf(one.Entry.Facts)));
            var users = facts.Epochs.Sum(static epoch => epoch.Users.Sum());
            return agreed with
            {
                HorizonMs = wanted.HorizonMs, HorizonUsers = wanted.HorizonUsers, FloorUsersPerArm = wanted.FloorUsersPerArm, FloorDays = wanted.FloorDays,
                Comparisons = most > ComparisonsOf(facts) ? most : null,
                IsCutShort = LookSchedule.IsAtHorizon(wanted, facts.NowMs, users) && !LookSchedule.IsAtHorizon(agreed, facts.NowMs, users) ? true : null,
            };
        }

        return wanted with { PlannedUsers = record.Definition.Horizon?.Units ?? SampleNeed.Of(wanted, facts) ?? 0 };
    }

    private static int ComparisonsOf(EvaluationFacts facts) => (facts.Arms.Count - 1) * facts.Metrics.Count(static metric => metric.Shape.Role == MetricRole.Goal);

    private static EvaluationPlan Wanted(ExperimentRecord record)
    {
        var (horizon, decisions, plan) = (record.Definition.Horizon, record.Definition.Decisions ?? new PlannedDecisions(), new EvaluationPlan());
        var end = record.Definition.Schedule?.End?.ToUnixTimeMilliseconds();
        if (end is null && horizon?.Days is { } days && record.Lifecycle.StartedMs is { } started)
            end = started + (long)TimeSpan.FromDays(days).TotalMilliseconds;
        return plan with
        {
            Alpha = decisions.Alpha ?? plan.Alpha,
            Looks = decisions.Looks is { } looks ? [.. Enumerable.Range(1, looks).Select(look => (double)look / looks)] : plan.Looks,
            Boundary = decisions.Boundary ?? plan.Boundary,
            FloorUsersPerArm = decisions.FloorUsersPerArm ?? plan.FloorUsersPerArm,
            FloorDays = decisions.FloorDays ?? plan.FloorDays,
            HorizonMs = end,
            HorizonUsers = horizon?.Units,
        };
    }
}
