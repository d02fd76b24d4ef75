using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Metrics;

namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>What a metric is and what an experiment wants of it, without what was counted.</summary>
internal static class MetricShapes
{
    public static MetricInput Of(DefinedMetric wanted, MetricDefinition known) => new()
    {
        Name = known.Name,
        Kind = known.Kind,
        Role = wanted.Role switch { MetricRoles.Goal => MetricRole.Goal, MetricRoles.Guardrail => MetricRole.Guardrail, _ => MetricRole.Secondary },
        Direction = known.Direction,
        HasCovariate = known.HasCovariate,
        IsSkewed = known.IsSkewed,
        Quantile = known.Quantile,
        Margin = wanted.Margin,
        MinimumEffect = wanted.MinimumEffect,
        Cells = [],
    };
}
