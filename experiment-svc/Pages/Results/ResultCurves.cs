using Splitrail.ExperimentSvc.Pages.Charts;
using Splitrail.ExperimentSvc.Results;
using Splitrail.ExperimentSvc.Results.Trail;

namespace Splitrail.ExperimentSvc.Pages.Results;

/// <summary>Results as curves.</summary>
internal static class ResultCurves
{
    /// <summary>The lift of each treatment over time, in percent, with what is known now as the last point.</summary>
    public static IReadOnlyList<Curve> Lift(ResultsModel model, MetricResult metric) =>
    [
        .. metric.Arms.Select((arm, i) => new Curve(arm.Arm, [.. Points(model.Trail, metric.Name, arm.Arm), .. Now(model.Results, arm)], i + 1)).Where(static curve => curve.Points.Count > 0),
    ];

    /// <summary>What planned looks hold z against, by the part of the planned users, and where the goal's treatments are.</summary>
    public static IReadOnlyList<Curve> Boundary(ResultsView results)
    {
        var goal = results.Metrics.FirstOrDefault(static metric => metric.Role == "goal");
        var planned = results.Progress.PlannedUsers;
        return
        [
            new Curve("boundary to promote", [.. results.Looks.Select(static look => new CurvePoint(look.Part * 100, look.Boundary))], 0),
            .. (goal?.Arms ?? []).Where(arm => arm.Z is not null && planned > 0)
                .Select((arm, i) => new Curve($"{arm.Arm} now", [new CurvePoint(Math.Min(100, results.Users * 100.0 / planned!.Value), arm.Z!.Value)], i + 1)),
        ];
    }

    private static IEnumerable<CurvePoint> Points(IReadOnlyList<TrailPoint> trail, string metric, string arm) =>
        from point in trail
        from known in point.Arms
        where known.Metric == metric && known.Arm == arm
        select Point(point.AtMs, known.Lift, known.Anytime);

    private static IEnumerable<CurvePoint> Now(ResultsView results, ArmResult arm) => arm.Lift is { } lift ? [Point(results.At.ToUnixTimeMilliseconds(), lift, arm.Anytime)] : [];

    private static CurvePoint Point(long atMs, BoundedView lift, BoundedView? anytime) =>
        new(atMs, lift.Value * 100, lift.Low * 100, lift.High * 100, anytime?.Low * 100, anytime?.High * 100);
}
