using System.Diagnostics.Metrics;

namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>Whether decisions are made, and in time.</summary>
internal sealed class DecisionMetrics
{
    private readonly Counter<long> _decisions;
    private readonly Counter<long> _applied;
    private readonly Counter<long> _evaluations;
    private readonly Histogram<double> _duration;
    private readonly TimeProvider _time;
    private long _evaluated;

    public DecisionMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create(ExperimentMetrics.MeterName);
        _decisions = meter.CreateCounter<long>("splitrail.experiment.decisions", "{decision}", "Entries of the decision log, by kind (look, promote, roll_back, inconclusive, reallocate) and mode.");
        _applied = meter.CreateCounter<long>("splitrail.experiment.decisions.applied", "{decision}", "Decisions in mode act, by kind and state: applied, or superseded by an edit that came first.");
        _evaluations = meter.CreateCounter<long>("splitrail.experiment.evaluations", "{evaluation}", "Experiments looked at, by outcome: decided, unchanged, overtaken (by an edit or another replica) or failed.");
        _duration = meter.CreateHistogram<double>("splitrail.experiment.evaluation.duration", "s", "Of one round over all running experiments.");
        meter.CreateObservableGauge("splitrail.experiment.evaluation.lag", Lag, "s", "Since the last round ended, on the replica that decides.");
    }

    public void CountDecision(string kind, string mode) =>
        _decisions.Add(1, new KeyValuePair<string, object?>("kind", kind), new KeyValuePair<string, object?>("mode", mode));

    public void CountApplied(string kind, string state) =>
        _applied.Add(1, new KeyValuePair<string, object?>("kind", kind), new KeyValuePair<string, object?>("state", state));

    public void CountEvaluation(string outcome) => _evaluations.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void RoundEnded(long begun)
    {
        _duration.Record(_time.GetElapsedTime(begun).TotalSeconds);
        Interlocked.Exchange(ref _evaluated, _time.GetTimestamp());
    }

    /// <summary>Another replica decides: its lag counts, not this one's.</summary>
    public void StoodBy() => Interlocked.Exchange(ref _evaluated, 0);

    private IEnumerable<Measurement<double>> Lag() =>
        Interlocked.Read(ref _evaluated) is not 0 and var at ? [new Measurement<double>(_time.GetElapsedTime(at).TotalSeconds)] : [];
}
