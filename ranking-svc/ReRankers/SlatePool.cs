using System.Collections.Concurrent;

namespace Splitrail.RankingSvc.ReRankers;

/// <summary>Slates to use again: as many as requests were ever ranked at a time, up to a bound.</summary>
internal sealed class SlatePool
{
    private const int Most = 256;

    private readonly ConcurrentBag<Slate> _idle = [];

    public Slate Rent() => _idle.TryTake(out var slate) ? slate : new Slate();

    public void Return(Slate slate)
    {
        slate.Clear();
        if (_idle.Count < Most)
            _idle.Add(slate);
    }
}
