using System.Collections.Concurrent;
using Splitrail.RankingSvc.Onnx;

namespace Splitrail.RankingSvc.Serving;

/// <summary>
/// A session with its bounded pool of buffers, counted by use: the native memory of a retired one is freed when the last request on it ends,
/// and not while one runs.
/// </summary>
internal sealed class LoadedRanker : IDisposable
{
    private readonly OnnxSession _session;
    private readonly ConcurrentBag<ScoringBuffer> _idle = [];
    private readonly SemaphoreSlim _slots;
    private readonly int _rows;
    private int _users = 1;

    /// <param name="session">Owned from here on.</param>
    /// <param name="slots">Runs at a time.</param>
    /// <param name="rows">Rows of a run at most.</param>
    public LoadedRanker(OnnxSession session, int slots, int rows)
    {
        _session = session;
        _slots = new SemaphoreSlim(slots, slots);
        _rows = rows;
    }

    /// <summary>False when it was retired in the meantime: look again for the one that took its place.</summary>
    public bool TryEnter()
    {
        for (var users = Volatile.Read(ref _users); users > 0;)
        {
            var seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users)
                return true;
            users = seen;
        }

        return false;
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref _users) > 0)
            return;
        while (_idle.TryTake(out var buffer))
            buffer.Dispose();
        _session.Dispose();
        _slots.Dispose();
    }

    /// <summary>Retires it; whoever has entered goes on undisturbed.</summary>
    public void Dispose() => Leave();

    /// <summary>A buffer for one run, to be given back; waits while all slots are taken.</summary>
    public async ValueTask<ScoringBuffer> RentAsync(CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        return _idle.TryTake(out var buffer) ? buffer : _session.CreateBuffer(_rows);
    }

    public void Return(ScoringBuffer buffer)
    {
        _idle.Add(buffer);
        _slots.Release();
    }

    public void Run(ScoringBuffer buffer, int rows) => _session.Run(buffer, rows);
}
