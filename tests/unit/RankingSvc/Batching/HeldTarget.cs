using System.Collections.Concurrent;
using Splitrail.RankingSvc.Batching;
using Splitrail.RankingSvc.Onnx;

namespace Splitrail.Tests.Unit.RankingSvc.Batching;

/// <summary>A real network whose runs begin only when the test lets them.</summary>
internal sealed class HeldTarget(OnnxSession session) : IRunTarget
{
    private readonly SemaphoreSlim _allowed = new(0);
    private int _holds;

    /// <summary>Rows of the runs that began, in order.</summary>
    public ConcurrentQueue<int> Begun { get; } = [];

    public int Holds => Volatile.Read(ref _holds);

    public bool Fails { get; set; }

    public ScoringBuffer CreateBuffer(int rows) => session.CreateBuffer(rows);

    public void Allow(int runs) => _allowed.Release(runs);

    public void Run(ScoringBuffer buffer, int rows)
    {
        Begun.Enqueue(rows);
        _allowed.Wait();
        if (Fails)
            throw new OnnxException("it broke");
        session.Run(buffer, rows);
    }

    public bool TryEnter() => Interlocked.Increment(ref _holds) > 0;

    public void Leave() => Interlocked.Decrement(ref _holds);
}
