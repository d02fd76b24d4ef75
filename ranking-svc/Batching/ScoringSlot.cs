using System.Threading.Tasks.Sources;
using Splitrail.RankingSvc.Onnx;

namespace Splitrail.RankingSvc.Batching;

/// <summary>
/// A request's rows and, later, their scores. Kept and used again: waiting for a shared run allocates nothing. Whoever waits goes on as a work item of
/// its own, so that one request's answer is not written on the time of the others.
/// </summary>
internal sealed class ScoringSlot(ScoringBuffer buffer) : IValueTaskSource, IThreadPoolWorkItem, IDisposable
{
    private ManualResetValueTaskSourceCore<bool> _core;
    private Exception? _fault;

    public ScoringBuffer Buffer { get; } = buffer;

    /// <summary>How many of the buffer's rows are to be scored.</summary>
    internal int Rows { get; set; }

    /// <summary>When it began to wait, in the clock's ticks.</summary>
    internal long Since { get; set; }

    internal ValueTask Await()
    {
        _core.Reset();
        return new ValueTask(this, _core.Version);
    }

    internal void Complete(Exception? fault)
    {
        _fault = fault;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (_fault is { } fault)
            _core.SetException(fault);
        else
            _core.SetResult(true);
    }

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    public void Dispose() => Buffer.Dispose();
}
