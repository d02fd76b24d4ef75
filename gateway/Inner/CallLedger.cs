using System.Collections.Frozen;
using Splitrail.Contracts;
using Splitrail.Dapr;

namespace Splitrail.Gateway.Inner;

/// <summary>The last call to each inner service: when, and what came of it. While requests flow, /health need not ask anybody.</summary>
internal sealed class CallLedger(TimeProvider time)
{
    private readonly FrozenDictionary<string, StrongBox> _last =
        AppIds.All.ToFrozenDictionary(static app => app, static _ => new StrongBox(), StringComparer.Ordinal);

    public void Record(string appId, DaprFault? fault)
    {
        var box = _last[appId];
        // In the usual case, success after success, nothing is allocated.
        if (fault is null && box.Last is { Fault: null } last)
            Volatile.Write(ref last.At, time.GetTimestamp());
        else
            box.Last = new LastCall(fault, time.GetTimestamp());
    }

    /// <summary>The last call, when it is not older than <paramref name="maxAge"/>.</summary>
    public LastCall? Find(string appId, TimeSpan maxAge) =>
        _last[appId].Last is { } last && time.GetElapsedTime(Volatile.Read(ref last.At)) <= maxAge ? last : null;

    private sealed class StrongBox
    {
        public volatile LastCall? Last;
    }
}

internal sealed class LastCall(DaprFault? fault, long at)
{
    public long At = at;

    public DaprFault? Fault { get; } = fault;
}
