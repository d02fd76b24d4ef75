using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Metrics;

namespace Splitrail.ExperimentSvc.Pages.Forms;

/// <param name="Name">In the address.</param>
/// <param name="Title">On the link.</param>
/// <param name="Effect">What it is for.</param>
/// <param name="Experiment">What it begins with.</param>
internal sealed record FormTemplate(string Name, string Title, string Effect, DefinedExperiment Experiment);

/// <summary>What a new experiment can begin with.</summary>
internal static class FormTemplates
{
    private static readonly DefinedMetric s_clicks = new() { Name = MetricNames.ClickThrough, Role = MetricRoles.Goal, Baseline = 0.05, MinimumEffect = 0.05 };

    public static IReadOnlyList<FormTemplate> All { get; } =
    [
        new("ab", "A against B", "Two arms, half the users each, judged by click-through.", new DefinedExperiment
        {
            Arms = [Arm("control", true, 0.5), Arm("b", false, 0.5)], Metrics = [s_clicks], Horizon = new PlannedHorizon { Days = 14 },
        }),
        new("careful", "A careful start", "From 1 % of the users to half in steps, each guarded by revenue and slow answers; the machine may roll back by itself.", new DefinedExperiment
        {
            Arms = [Arm("control", true, 0.5), Arm("b", false, 0.5)],
            Metrics = [s_clicks, Guard(MetricNames.RevenuePerUser, 0.02), Guard(MetricNames.SlowShare, 0.2)],
            Horizon = new PlannedHorizon { Days = 14 },
            Ramp = [Step(0.01), Step(0.05), Step(0.1), Step(0.25), Step(0.5)],
            Decisions = new PlannedDecisions { Mode = Decisions.DecisionModes.Act },
        }),
        new("aa", "A against A", "Two arms that do the same: shows that users are split and counted right before you trust a result.", new DefinedExperiment
        {
            Hypothesis = "Nothing differs: this checks assignment and counting.",
            Arms = [Arm("control", true, 0.5), Arm("same", false, 0.5)], Metrics = [s_clicks], Horizon = new PlannedHorizon { Days = 7 },
        }),
    ];

    public static FormTemplate Of(string? name) => All.FirstOrDefault(template => template.Name == name) ?? All[0];

    private static DefinedArm Arm(string id, bool control, double share) => new() { Id = id, Control = control, Share = share, Parameters = new ArmParameters() };

    private static DefinedMetric Guard(string name, double margin) => new() { Name = name, Role = MetricRoles.Guardrail, Margin = margin };

    private static RampStep Step(double traffic) => new() { Traffic = traffic, HoldHours = 24 };
}
