using System.Diagnostics.Metrics;

namespace Splitrail.ExperimentSvc.Registry;

/// <summary>What becomes of models.</summary>
internal sealed class RegistryMetrics
{
    private readonly Counter<long> _rollbacks;

    public RegistryMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(ExperimentMetrics.MeterName);
        _rollbacks = meter.CreateCounter<long>("splitrail.experiment.models.watch_rollbacks", "{rollback}", "Activations that the watch found worse than before, by outcome: rolled_back or failed.");
    }

    public void CountWatchRollback(bool done) => _rollbacks.Add(1, new KeyValuePair<string, object?>("outcome", done ? "rolled_back" : "failed"));
}
