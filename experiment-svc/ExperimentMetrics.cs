using System.Diagnostics.Metrics;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Ingestion;

namespace Splitrail.ExperimentSvc;

/// <summary>What an operator wants to know of the control plane beyond HTTP and SQL.</summary>
internal sealed class ExperimentMetrics
{
    public const string MeterName = "Splitrail.ExperimentSvc";

    private readonly Counter<long> _exposures;
    private readonly Counter<long> _outcomes;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _edits;
    private readonly Counter<long> _failures;
    private long _snapshot;

    public ExperimentMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _exposures = meter.CreateCounter<long>("splitrail.experiment.exposures", "{exposure}", "Exposures that arrived, by outcome: stored (first of a unit in an arm, or earlier than the one known) or repeated.");
        _outcomes = meter.CreateCounter<long>("splitrail.experiment.outcomes", "{event}", "Shop events that arrived, by outcome: stored or repeated.");
        _refused = meter.CreateCounter<long>("splitrail.experiment.refused", "{event}", "Exposures and shop events that are in no sum, by reason.");
        _edits = meter.CreateCounter<long>("splitrail.experiment.edits", "{edit}", "Edits of definitions, by action and outcome: stored, invalid (the input), conflict (the time) or failed.");
        _failures = meter.CreateCounter<long>("splitrail.experiment.background.failures", "{failure}", "Rounds of background work that broke off, by task: decisions, schedule, trail or upkeep. The others go on.");
        meter.CreateObservableGauge("splitrail.experiment.snapshot.version", () => Interlocked.Read(ref _snapshot), "{version}", "Version of the control snapshot that is served.");
    }

    public void SnapshotTaken(long version) => Interlocked.Exchange(ref _snapshot, version);

    public void CountFailure(string task) => _failures.Add(1, new KeyValuePair<string, object?>("task", task));

    public void CountEdit(string action, Refusal? refusal) => _edits.Add(
        1,
        new KeyValuePair<string, object?>("action", action),
        new KeyValuePair<string, object?>("outcome", refusal?.Status switch { null => "stored", StatusCodes.Status409Conflict => "conflict", >= 500 => "failed", _ => "invalid" }));

    public void CountIntake(IntakeResult result, int exposures, int outcomes)
    {
        Count(_exposures, "stored", result.Exposures);
        Count(_exposures, "repeated", exposures - result.Exposures);
        Count(_outcomes, "stored", result.Outcomes);
        Count(_outcomes, "repeated", outcomes - result.Outcomes);
        foreach (var (reason, count) in result.Refused)
            _refused.Add(count, new KeyValuePair<string, object?>("reason", reason));
    }

    private static void Count(Counter<long> counter, string outcome, long count)
    {
        if (count > 0)
            counter.Add(count, new KeyValuePair<string, object?>("outcome", outcome));
    }
}
