using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Metrics;

namespace Splitrail.ExperimentSvc.Aggregates;

/// <summary>One metric in one arm and one epoch, over all people counted there: who did nothing is in it with 0. Of a metric of answers, over these.</summary>
/// <param name="Metric">What is summed.</param>
/// <param name="Arm">The arm.</param>
/// <param name="Epoch">Of the people's first exposure.</param>
/// <param name="Sums">Exact.</param>
internal sealed record AggregateCell(MetricDefinition Metric, string Arm, int Epoch, ExactSums Sums)
{
    public MetricCell ToCell() => Sums.ToCell(Metric);
}
