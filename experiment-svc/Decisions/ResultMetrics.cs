using System.Diagnostics.Metrics;
using Splitrail.ExperimentSvc.Inference;

namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>
/// What the last round found of each arm, for graphs. Only the interval that holds however often it is looked at is published: a graph is looked at all the time.
/// </summary>
internal sealed class ResultMetrics
{
    private volatile IReadOnlyList<(string Experiment, MetricFinding Finding)> _found = [];

    public ResultMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(ExperimentMetrics.MeterName);
        meter.CreateObservableGauge("splitrail.experiment.metric.value", Values, null, "Of a metric in an arm that is compared, and in the control (role control) over the same epochs, by experiment, arm, metric and role.");
        meter.CreateObservableGauge("splitrail.experiment.metric.lift", Lifts, null, "Relative to the control, by experiment, arm, metric and bound: low, estimate and high of the interval that is valid at any time.");
        meter.CreateObservableGauge("splitrail.experiment.metric.users", Users, "{user}", "Of an arm that is compared, by experiment, arm and metric.");
    }

    /// <summary>Replaces what the round before found; nothing on a replica that does not decide.</summary>
    public void Found(IReadOnlyList<(string Experiment, MetricFinding Finding)> findings) => _found = findings;

    private IEnumerable<Measurement<double>> Values()
    {
        foreach (var (experiment, finding) in _found)
        {
            if (finding.Value is { } value)
                yield return new(value, [.. Of(experiment, finding), new("role", "treatment")]);
            if (finding.ControlValue is { } control)
                yield return new(control, [.. Of(experiment, finding), new("role", "control")]);
        }
    }

    private IEnumerable<Measurement<double>> Lifts()
    {
        foreach (var (experiment, finding) in _found)
        {
            if (finding.Anytime is not { } lift)
                continue;
            foreach (var (bound, value) in new[] { ("low", lift.Low), ("estimate", lift.Value), ("high", lift.High) })
            {
                // An end that is not bounded yet has no place in a graph.
                if (value is { } end && double.IsFinite(end))
                    yield return new(end, [.. Of(experiment, finding), new("bound", bound)]);
            }
        }
    }

    private IEnumerable<Measurement<long>> Users() =>
        _found.Where(static one => one.Finding.Value is not null).Select(static one => new Measurement<long>(one.Finding.Users, Of(one.Experiment, one.Finding)));

    private static KeyValuePair<string, object?>[] Of(string experiment, MetricFinding finding) => [new("experiment", experiment), new("arm", finding.Arm), new("metric", finding.Metric)];
}
