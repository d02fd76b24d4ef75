using System.Collections.Concurrent;
using Splitrail.RankingSvc.Batching;
using Splitrail.RankingSvc.Onnx;

namespace Splitrail.RankingSvc.Serving;

/// <summary>
/// A session with its bounded pool of slots, counted by use: the native memory of a retired one is freed when the last request on it ends,
/// and not while one runs.
/// </summary>
internal sealed class LoadedRanker : IRunTarget, IDisposable
{
    private readonly OnnxSession _session;
    private readonly RunQueue _queue;
    private readonly ConcurrentBag<ScoringSlot> _idle = [];
    private readonly SemaphoreSlim _slots;
    private readonly int _rows;
    private int _users = 1;

    /// <param name="session">Owned from here on.</param>
    /// <param name="options">Sizes.</param>
    /// <param name="metrics">Told of every run.</param>
    /// <param name="time">The clock.</param>
    public LoadedRanker(OnnxSession session, ScoringOptions options, RankingMetrics metrics, TimeProvider time)
    {
        _session = session;
        _queue = new RunQueue(this, options, metrics, time);
        _slots = new SemaphoreSlim(options.Slots, options.Slots);
        _rows = options.SlotRows;
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
        while (_idle.TryTake(out var slot))
            slot.Dispose();
        _queue.Dispose();
        _session.Dispose();
        _slots.Dispose();
    }

    /// <summary>Retires it; whoever has entered goes on undisturbed.</summary>
    public void Dispose() => Leave();

    /// <summary>A slot for one request, to be given back; waits while all are taken.</summary>
    public async ValueTask<ScoringSlot> RentAsync(CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        return _idle.TryTake(out var slot) ? slot : new ScoringSlot(CreateBuffer(_rows));
    }

    public void Return(ScoringSlot slot)
    {
        _idle.Add(slot);
        _slots.Release();
    }

    /// <summary>Scores the slot's first rows, alone or together with others'.</summary>
    public ValueTask ScoreAsync(ScoringSlot slot, int rows) => _queue.ScoreAsync(slot, rows);

    public ScoringBuffer CreateBuffer(int rows) => _session.CreateBuffer(rows);

    public void Run(ScoringBuffer buffer, int rows) => _session.Run(buffer, rows);
}
