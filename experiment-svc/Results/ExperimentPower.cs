using Splitrail.ExperimentSvc.Aggregates;
using Splitrail.ExperimentSvc.Decisions;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Metrics;
using Splitrail.ExperimentSvc.Planning;
using Splitrail.ExperimentSvc.Rules;
using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.ExperimentSvc.Results;

/// <summary>Answer of <c>GET /v1/experiments/{id}/power</c>: what <c>POST /v1/power</c> says of this experiment, by what was counted of its control.</summary>
/// <param name="Id">The experiment.</param>
/// <param name="Metric">Planned for.</param>
/// <param name="Asked">The question, as it could be asked of the planner; missing while the control is not known well enough.</param>
/// <param name="Answer">Of the planner, its <c>users</c> being those so far.</param>
/// <param name="NotYet">Why there is none.</param>
internal sealed record ExperimentPowerAnswer(string Id, string Metric, PowerRequest? Asked, PowerAnswer? Answer, NotYetView? NotYet);

/// <summary>
/// Fills the planner's question with an experiment's own split, alpha and looks and with value and deviation of the control so far. Effects are not looked at, so asking costs no alpha. Covariates are left out: what
/// they save comes on top.
/// </summary>
internal sealed class ExperimentPower(FactsReader facts, DecisionStore decisions)
{
    /// <param name="record">The experiment.</param>
    /// <param name="name">A metric of it; null for its first goal.</param>
    /// <param name="effect">Relative; null for the metric's own.</param>
    /// <param name="power">Chance to find it.</param>
    /// <param name="cancellationToken">The caller's deadline.</param>
    /// <exception cref="Sql.DatabaseAwayException">The database is away.</exception>
    public async Task<(ExperimentPowerAnswer? Answer, Refusal? Refusal)> RunAsync(ExperimentRecord record, string? name, double? effect, double power, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        string[] planned = [.. record.Definition.Metrics.Where(static metric => MetricTable.Find(metric.Name) is { IsOfAnswers: false }).Select(static metric => metric.Name)];
        var wanted = record.Definition.Metrics.FirstOrDefault(metric => name is null ? metric.Role == MetricRoles.Goal && planned.Contains(metric.Name) : metric.Name == name);
        faults.OneOf("metric", wanted?.Name ?? name ?? "", planned);
        if (!faults.None)
            return (null, Refusal.Bad(faults.All));
        var counted = await facts.ReadAsync(record, await decisions.OfAsync(record.Id, cancellationToken), cancellationToken);
        var metric = counted.Facts.Metrics.First(one => one.Shape.Name == wanted!.Name);
        if (!Control(metric, counted.Facts).TryGet(out var control))
            return (Blank(Control(metric, counted.Facts).Reason!.Value), null);
        if (control.Value == 0 || !(control.ErrorVariance > 0))
            return (Blank(control.Value == 0 ? NotYet.NoBaseline : NotYet.NoVariance), null);
        var asked = Asked(record, counted, metric.Shape, control) with { MinimumEffect = effect ?? wanted!.MinimumEffect, Power = power };
        var wrong = PowerRules.Check(asked);
        return wrong.None ? (new ExperimentPowerAnswer(record.Id, wanted!.Name, asked, new PowerPlanner(asked).Plan(), null), null) : (null, Refusal.Bad(wrong.All));

        ExperimentPowerAnswer Blank(NotYet reason) => new(record.Id, wanted!.Name, null, null, NotYetTexts.Of(reason));
    }

    private static Finding<ArmEstimate> Control(MetricFacts metric, EvaluationFacts facts)
    {
        var control = facts.Arms.ToList().FindIndex(static arm => arm.IsControl);
        var sums = metric.Sums[control].Select(ExactSums.Parse).Aggregate(default(ExactSums), static (one, other) => one + other);
        return Comparison.Estimate(metric.Shape with { HasCovariate = false }, sums.ToCell(metric.Shape.Kind, hasCovariate: false));
    }

    private static PowerRequest Asked(ExperimentRecord record, CountedFacts counted, MetricInput shape, ArmEstimate control)
    {
        var (plan, isRate) = (counted.Facts.Plan, shape.Kind == MetricKind.Proportion);
        var progress = counted.Facts.Evaluated().Progress;
        return new PowerRequest
        {
            Kind = ResultsText.Name(shape.Kind),
            Baseline = control.Value,
            Deviation = isRate ? null : Math.Sqrt(control.ErrorVariance * control.Units),
            Shares = [.. record.Definition.Arms.Where(static arm => arm.Share > 0).OrderByDescending(static arm => arm.Control).Select(static arm => arm.Share)],
            Alpha = plan.Alpha / Math.Max(1, record.Definition.Metrics.Count(static metric => metric.Role == MetricRoles.Goal)),
            Users = Math.Max(2, progress.Users),
            UsersPerDay = ProgressText.Of(counted.Facts, progress, counted.FirstExposureMs).UsersPerDay,
            Looks = plan.Looks.Count,
            Boundary = plan.Boundary,
        };
    }
}
