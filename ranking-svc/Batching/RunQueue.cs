using Splitrail.RankingSvc.Onnx;

namespace Splitrail.RankingSvc.Batching;

/// <summary>
/// Dynamic batching. While a run is free a request takes it at once, alone and on its own thread: an idle service waits for nobody. While all are taken,
/// requests queue, and whichever run ends first is followed by one for as many of them as fit. So batches grow with the load by themselves, and the wait
/// is that of a run; where runs are long, a request that has waited its time gets one beyond the usual number.
/// </summary>
internal sealed class RunQueue : IDisposable
{
    private readonly IRunTarget _target;
    private readonly ScoringOptions _options;
    private readonly RankingMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ITimer _overdue;
    private readonly Lock _gate = new();
    private readonly Queue<ScoringSlot> _waiting = [];
    private readonly Stack<SharedRun> _idle = [];
    private int _running;

    public RunQueue(IRunTarget target, ScoringOptions options, RankingMetrics metrics, TimeProvider time)
    {
        (_target, _options, _metrics, _time) = (target, options, metrics, time);
        _overdue = time.CreateTimer(static queue => ((RunQueue)queue!).StartOverdue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Scores the slot's first rows.</summary>
    /// <exception cref="OnnxException">The run failed.</exception>
    public ValueTask ScoreAsync(ScoringSlot slot, int rows)
    {
        slot.Rows = rows;
        if (_options.BatchRequests == 1)
        {
            Run(slot.Buffer, rows);
            return ValueTask.CompletedTask;
        }

        lock (_gate)
        {
            if (_running >= _options.Runs)
                return Wait(slot);
            _running++;
        }

        try
        {
            Run(slot.Buffer, rows);
        }
        finally
        {
            Free();
        }

        return ValueTask.CompletedTask;
    }

    public void Dispose()
    {
        _overdue.Dispose();
        foreach (var run in _idle)
            run.Dispose();
    }

    internal void Run(ScoringBuffer buffer, int rows)
    {
        var started = _time.GetTimestamp();
        _target.Run(buffer, rows);
        _metrics.Run(rows, _time.GetElapsedTime(started));
    }

    /// <summary>A shared run is over; it may be used again.</summary>
    internal void Ended(SharedRun run)
    {
        lock (_gate)
            _idle.Push(run);
        Free();
        _target.Leave();
    }

    private ValueTask Wait(ScoringSlot slot)
    {
        var task = slot.Await();
        slot.Since = _time.GetTimestamp();
        if (_waiting.Count == 0)
            _overdue.Change(_options.BatchWait, Timeout.InfiniteTimeSpan);
        _waiting.Enqueue(slot);
        return task;
    }

    private void Free()
    {
        SharedRun? next;
        lock (_gate)
        {
            if (_running > _options.Runs || (next = Next()) is null)
            {
                _running--;
                return;
            }
        }

        Start(next);
    }

    private void StartOverdue()
    {
        SharedRun? next;
        lock (_gate)
        {
            if ((next = Next()) is null)
                return;
            _running++;
        }

        Start(next);
    }

    /// <summary>Those who have waited longest, as many as fit; null when nobody waits.</summary>
    private SharedRun? Next()
    {
        if (_waiting.Count == 0)
            return null;
        var run = _idle.TryPop(out var idle) ? idle : new SharedRun(this, _target.CreateBuffer(_options.BatchRows));
        while (_waiting.TryPeek(out var first) && run.HasRoomFor(first, _options.BatchRequests))
            run.Add(_waiting.Dequeue());
        if (_waiting.TryPeek(out var left))
            _overdue.Change(Later(left), Timeout.InfiniteTimeSpan);
        return run;
    }

    private TimeSpan Later(ScoringSlot slot)
    {
        var rest = _options.BatchWait - _time.GetElapsedTime(slot.Since);
        return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }

    private void Start(SharedRun run)
    {
        foreach (var slot in run.Slots)
            _metrics.Waited(_time.GetElapsedTime(slot.Since));
        _metrics.Shared(run.Slots.Count);
        // Those it serves may be gone, and the model retired, before it is done.
        _target.TryEnter();
        // Not on the thread that freed it, which has an answer to write, and behind those who wait to go on.
        ThreadPool.UnsafeQueueUserWorkItem(run, preferLocal: false);
    }
}
