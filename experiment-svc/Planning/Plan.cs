using Splitrail.ExperimentSvc.Definitions;

namespace Splitrail.ExperimentSvc.Planning;

/// <summary>How many units an experiment gets, by what was counted.</summary>
/// <param name="Units">So far.</param>
/// <param name="PerDay">New ones a day; null while nothing was counted.</param>
internal readonly record struct UnitFlow(long Units, double? PerDay)
{
    public UnitFlow AtTraffic(double from, double to) => this with { PerDay = from > 0 ? PerDay * to / from : null };
}

/// <summary>When an experiment is planned to end, and what it can find until then. What cannot be known is missing.</summary>
/// <param name="UnitsSoFar">Counted exposures' units.</param>
/// <param name="UnitsPerDay">Expected.</param>
/// <param name="PlannedEnd">By schedule, or the later of the horizon's days and units.</param>
/// <param name="Metric">The goal that size and power are about: the first with baseline and minimum effect.</param>
/// <param name="UnitsNeeded">To find its minimum effect with a power of 80 % at 5 %, in the arm that has it hardest.</param>
/// <param name="UnitsReached">When that many are there.</param>
/// <param name="PowerAtEnd">Of finding it by the planned end.</param>
public sealed record Plan(
    long UnitsSoFar, double? UnitsPerDay, DateTimeOffset? PlannedEnd, string? Metric, long? UnitsNeeded, DateTimeOffset? UnitsReached, double? PowerAtEnd)
{
    public const double Alpha = 0.05;
    public const double Power = 0.8;

    private static readonly TimeSpan s_furthest = TimeSpan.FromDays(36500);

    internal static Plan Of(DefinedExperiment experiment, long? startedMs, UnitFlow flow, DateTimeOffset now)
    {
        var start = startedMs is { } started ? DateTimeOffset.FromUnixTimeMilliseconds(started) : experiment.Schedule?.Start ?? now;
        var end = experiment.Schedule?.End ?? Latest(
            experiment.Horizon?.Days is { } days ? start.AddDays(days) : null,
            experiment.Horizon?.Units is { } units ? Reached(units, flow, now) : null);
        var goal = experiment.Metrics.FirstOrDefault(static metric => metric is { Role: MetricRoles.Goal, Baseline: not null, MinimumEffect: not null });
        var arms = goal is null ? [] : Comparisons(experiment, goal).ToArray();
        if (arms.Length == 0)
            return new Plan(flow.Units, flow.PerDay, end, null, null, null, null);
        var needed = (long)Math.Ceiling(arms.Max(static arm => arm.Test.UnitsFor(Power, Alpha) / arm.Share));
        double? atEnd = end is { } last && flow.PerDay is { } perDay ? flow.Units + (perDay * Math.Max(0, (last - now).TotalDays)) : null;
        return new Plan(
            flow.Units, flow.PerDay, end, goal!.Name, needed, Reached(needed, flow, now), atEnd is { } total ? arms.Min(arm => arm.Test.PowerOf(total * arm.Share, Alpha)) : null);
    }

    /// <summary>Each treatment that has users against the control.</summary>
    private static IEnumerable<(TwoProportions Test, double Share)> Comparisons(DefinedExperiment experiment, DefinedMetric goal)
    {
        var control = experiment.Arms.First(static arm => arm.Control);
        var (rate, changed) = (goal.Baseline!.Value, goal.Baseline.Value * (1 + goal.MinimumEffect!.Value));
        if (control.Share <= 0 || changed >= 1)
            yield break;
        foreach (var arm in experiment.Arms.Where(static arm => !arm.Control && arm.Share > 0))
            yield return (new TwoProportions(rate, changed, control.Share / arm.Share), arm.Share);
    }

    private static DateTimeOffset? Reached(long units, UnitFlow flow, DateTimeOffset now)
    {
        if (units <= flow.Units)
            return now;
        return flow.PerDay is > 0 and var perDay && (units - flow.Units) / perDay < s_furthest.TotalDays ? now.AddDays((units - flow.Units) / perDay) : null;
    }

    private static DateTimeOffset? Latest(DateTimeOffset? one, DateTimeOffset? other) => one > other || other is null ? one : other;
}
