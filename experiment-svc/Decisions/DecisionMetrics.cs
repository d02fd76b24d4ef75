using System.Collections.Concurrent;
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
    private readonly ConcurrentDictionary<string, SampleRatioState> _ratios = new();
    private long _round;
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
        meter.CreateObservableGauge("splitrail.experiment.sample_ratio_mismatch", Ratios, null, "1 while the users of a running experiment do not fit its split, by experiment.");
    }

    /// <summary>Found in the round that runs now.</summary>
    public void SampleRatio(string experiment, bool isMismatch) => _ratios[experiment] = new SampleRatioState(_round, isMismatch);

    public void CountDecision(string kind, string mode) =>
        _decisions.Add(1, new KeyValuePair<string, object?>("kind", kind), new KeyValuePair<string, object?>("mode", mode));

    public void CountApplied(string kind, string state) =>
        _applied.Add(1, new KeyValuePair<string, object?>("kind", kind), new KeyValuePair<string, object?>("state", state));

    public void CountEvaluation(string outcome) => _evaluations.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void RoundEnded(long begun)
    {
        _duration.Record(_time.GetElapsedTime(begun).TotalSeconds);
        _round++;
        Interlocked.Exchange(ref _evaluated, _time.GetTimestamp());
    }

    /// <summary>Another replica decides: its lag counts, not this one's.</summary>
    public void StoodBy() => Interlocked.Exchange(ref _evaluated, 0);

    private IEnumerable<Measurement<double>> Lag() =>
        Interlocked.Read(ref _evaluated) is not 0 and var at ? [new Measurement<double>(_time.GetElapsedTime(at).TotalSeconds)] : [];

    /// <summary>An experiment that ended, or that another replica looks at now, has no mismatch here.</summary>
    private IEnumerable<Measurement<int>> Ratios() => _ratios.Select(one => new Measurement<int>(
        one.Value.IsMismatch && one.Value.Round >= _round - 1 && Interlocked.Read(ref _evaluated) != 0 ? 1 : 0, new KeyValuePair<string, object?>("experiment", one.Key)));

    private sealed record SampleRatioState(long Round, bool IsMismatch);
}
