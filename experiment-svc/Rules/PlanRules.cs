using Splitrail.ExperimentSvc.Decisions;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Metrics;
using Splitrail.ExperimentSvc.Schedules;

namespace Splitrail.ExperimentSvc.Rules;

/// <summary>Metrics, horizon, schedule and ramp.</summary>
internal static class PlanRules
{
    private const int MostMetrics = 50;
    private const int MostSteps = 50;
    private const int MostLooks = 50;
    private const double LongestDays = 3650;
    private const double LongestWindowHours = 720;

    public static void Check(DefinedExperiment experiment, string at, Faults faults)
    {
        CheckMetrics(experiment, $"{at}metrics", faults);
        if (experiment.Horizon is { } horizon)
            CheckHorizon(horizon, $"{at}horizon", faults);
        if (experiment.Schedule is { Start: { } start, End: { } end } && end <= start)
            faults.Add($"{at}schedule.end", end.ToString("O"), $"must be after schedule.start, {start:O}");
        CheckRamp(experiment, $"{at}ramp", faults);
        if (experiment.Decisions is { } decisions)
            CheckDecisions(decisions, $"{at}decisions", faults);
    }

    private static void CheckDecisions(PlannedDecisions decisions, string member, Faults faults)
    {
        faults.OneOf($"{member}.mode", decisions.Mode, DecisionModes.All);
        if (decisions.Alpha is { } alpha && !(alpha is > 0 and <= 0.5))
            faults.Add($"{member}.alpha", alpha, "must be above 0 and up to 0.5: the chance of promoting an arm that changes nothing; 0.05 when left out");
        if (decisions.Looks is < 1 or > MostLooks)
            faults.Add($"{member}.looks", decisions.Looks, $"must be 1 to {MostLooks} planned looks");
        if (decisions.Boundary is { } boundary)
            faults.OneOf($"{member}.boundary", boundary, BoundaryFamilies.All);
        if (decisions.FloorUsersPerArm is < 0)
            faults.Add($"{member}.floor_users_per_arm", decisions.FloorUsersPerArm, "must be 0 or more");
        if (decisions.FloorDays is < 0 or > (int)LongestDays)
            faults.Add($"{member}.floor_days", decisions.FloorDays, $"must be whole days from 0 to {LongestDays}");
    }

    private static void CheckMetrics(DefinedExperiment experiment, string member, Faults faults)
    {
        if (!faults.List(member, experiment.Metrics, MostMetrics))
            return;
        for (var i = 0; i < experiment.Metrics.Count; i++)
        {
            var metric = experiment.Metrics[i];
            faults.OneOf($"{member}[{i}].name", metric.Name, MetricTable.Names);
            faults.OneOf($"{member}[{i}].role", metric.Role, MetricRoles.All);
            if (metric.Baseline is { } baseline && !(baseline is > 0 and < 1))
                faults.Add($"{member}[{i}].baseline", baseline, "must be a rate above 0 and below 1, or left out");
            if (metric.MinimumEffect is { } effect && !(effect is > 0 and <= 10))
                faults.Add($"{member}[{i}].minimum_effect", effect, "must be a change relative to the baseline above 0 and up to 10: 0.05 is 5 %");
            if (metric.Margin is { } margin && !(metric.Role == MetricRoles.Guardrail && margin is >= 0 and < 1))
                faults.Add($"{member}[{i}].margin", margin, "must be a guardrail's accepted worsening, from 0 to below 1: 0.02 is 2 %");
            CheckCounting(metric, $"{member}[{i}]", faults);
        }

        faults.Unique($"{member}[].name", experiment.Metrics.Select(static metric => metric.Name));
    }

    private static void CheckCounting(DefinedMetric metric, string member, Faults faults)
    {
        var known = MetricTable.Find(metric.Name ?? "");
        if (metric.Cap is { } cap && !(known?.Kind == MetricKind.Mean && cap is >= 0.000001 and <= 1e9))
            faults.Add($"{member}.cap", cap, $"must be above 0 and up to 1e9, and only means have one: {Names(static metric => metric.Kind == MetricKind.Mean)}");
        if (metric.WindowHours is { } window && !(known is { IsAttributed: true } && window is >= 0.01 and <= LongestWindowHours))
            faults.Add($"{member}.window_hours", window, $"must be from 0.01 to {LongestWindowHours}, and only attributed metrics have one: {Names(static metric => metric.IsAttributed)}");
    }

    private static string Names(Func<MetricDefinition, bool> which) => string.Join(", ", MetricTable.All.Where(which).Select(static metric => metric.Name));

    private static void CheckHorizon(PlannedHorizon horizon, string member, Faults faults)
    {
        if (horizon.Days is null && horizon.Units is null)
            faults.Add(member, "empty", "must have days, units or both");
        if (horizon.Days is { } days && !(days is > 0 and <= LongestDays))
            faults.Add($"{member}.days", days, $"must be above 0 and up to {LongestDays}");
        if (horizon.Units is <= 0)
            faults.Add($"{member}.units", horizon.Units, "must be above 0");
    }

    private static void CheckRamp(DefinedExperiment experiment, string member, Faults faults)
    {
        if (!faults.List(member, experiment.Ramp, MostSteps))
            return;
        for (var i = 0; i < experiment.Ramp.Count; i++)
        {
            var step = experiment.Ramp[i];
            if (!(step.Traffic is > 0 and <= 1))
                faults.Add($"{member}[{i}].traffic", step.Traffic, "must be a number above 0 and up to 1");
            if (i > 0 && !(step.Traffic > experiment.Ramp[i - 1].Traffic))
                faults.Add($"{member}[{i}].traffic", step.Traffic, "must be more than the step before it has");
            if (!(step.HoldHours is >= 0 and <= LongestDays * 24))
                faults.Add($"{member}[{i}].hold_hours", step.HoldHours, $"must be from 0 to {LongestDays * 24}");
            if (!faults.List($"{member}[{i}].gates", step.Gates, RampGates.All.Count))
                continue;
            foreach (var gate in step.Gates)
                faults.OneOf($"{member}[{i}].gates", gate, RampGates.All);
        }
    }
}
