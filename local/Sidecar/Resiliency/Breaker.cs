using Splitrail.Local.Sidecar.Resources;

namespace Splitrail.Local.Sidecar.Resiliency;

/// <summary>
/// The state machine of daprd's breaker: counts in the closed state, <c>maxRequests</c> trial calls in the half-open one. Polly's own breaker works
/// by the ratio of failures in a window, which cannot say "five in a row".
/// </summary>
internal sealed class Breaker(BreakerSpec spec, TimeProvider time, Action<BreakerState>? onChange = null)
{
    private readonly Lock _gate = new();
    private BreakerState _state;
    private int _requests;
    private int _consecutiveSuccesses;
    private int _consecutiveFailures;
    private int _totalFailures;
    private long _generation;
    private long _since = time.GetTimestamp();

    public BreakerState State
    {
        get
        {
            lock (_gate)
            {
                Refresh();
                return _state;
            }
        }
    }

    /// <summary>Asks to make a call.</summary>
    /// <returns>Null with the generation to report back, or the error that takes the call's place.</returns>
    public string? TryEnter(out long generation)
    {
        lock (_gate)
        {
            Refresh();
            generation = _generation;
            if (_state == BreakerState.Open)
                return CallOutcome.BreakerOpen;
            if (_state == BreakerState.HalfOpen && _requests >= spec.MaxRequests)
                return CallOutcome.TooManyRequests;
            _requests++;
            return null;
        }
    }

    /// <summary>Reports how the call ended; one of an earlier generation says nothing about the present.</summary>
    public void Leave(long generation, bool success)
    {
        lock (_gate)
        {
            Refresh();
            if (generation != _generation)
                return;
            if (success)
                Succeed();
            else
                Fail();
        }
    }

    /// <summary>The caller went away: the call is as if it had not been made.</summary>
    public void Abandon(long generation)
    {
        lock (_gate)
        {
            if (generation == _generation && _requests > 0)
                _requests--;
        }
    }

    private void Succeed()
    {
        _consecutiveFailures = 0;
        _consecutiveSuccesses++;
        if (_state == BreakerState.HalfOpen && _consecutiveSuccesses >= spec.MaxRequests)
            Become(BreakerState.Closed);
    }

    private void Fail()
    {
        _consecutiveSuccesses = 0;
        _consecutiveFailures++;
        _totalFailures++;
        if (_state == BreakerState.HalfOpen || Counter >= spec.TripsFrom)
            Become(BreakerState.Open);
    }

    private int Counter => spec.Counter switch
    {
        "consecutiveFailures" => _consecutiveFailures,
        "totalFailures" => _totalFailures,
        _ => _requests,
    };

    private void Refresh()
    {
        if (_state == BreakerState.Open && time.GetElapsedTime(_since) >= spec.Timeout)
            Become(BreakerState.HalfOpen);
        else if (_state == BreakerState.Closed && spec.Interval > TimeSpan.Zero && time.GetElapsedTime(_since) >= spec.Interval)
            Clear();
    }

    private void Become(BreakerState state)
    {
        _state = state;
        Clear();
        onChange?.Invoke(state);
    }

    private void Clear()
    {
        _generation++;
        _since = time.GetTimestamp();
        _requests = _consecutiveSuccesses = _consecutiveFailures = _totalFailures = 0;
    }
}
