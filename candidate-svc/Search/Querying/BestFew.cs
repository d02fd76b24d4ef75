namespace Splitrail.CandidateSvc.Search.Querying;

/// <summary>The best of many by weight, the smaller number first among equals: a bounded heap, reused.</summary>
internal sealed class BestFew
{
    private (float Weight, int Of)[] _heap = [];
    private int _most;
    private int _count;

    public void Begin(int most)
    {
        if (_heap.Length < most)
            _heap = new (float, int)[most];
        (_most, _count) = (most, 0);
    }

    public void Offer(float weight, int of)
    {
        if (_count < _most)
        {
            _heap[_count++] = (weight, of);
            Up(_count - 1);
        }
        else if (_most > 0 && IsWorse(_heap[0], (weight, of)))
        {
            _heap[0] = (weight, of);
            Down(_count);
        }
    }

    /// <summary>Best first; good until the next <see cref="Begin"/>.</summary>
    public Span<(float Weight, int Of)> Take()
    {
        for (var end = _count - 1; end > 0; end--)
        {
            (_heap[0], _heap[end]) = (_heap[end], _heap[0]);
            Down(end);
        }

        return _heap.AsSpan(0, _count);
    }

    private static bool IsWorse((float Weight, int Of) a, (float Weight, int Of) b) => a.Weight < b.Weight || (a.Weight == b.Weight && a.Of > b.Of);

    private void Up(int at)
    {
        while (at > 0 && IsWorse(_heap[at], _heap[(at - 1) / 2]))
        {
            (_heap[at], _heap[(at - 1) / 2]) = (_heap[(at - 1) / 2], _heap[at]);
            at = (at - 1) / 2;
        }
    }

    private void Down(int count)
    {
        for (var at = 0; 2 * at + 1 < count;)
        {
            var child = 2 * at + 1;
            if (child + 1 < count && IsWorse(_heap[child + 1], _heap[child]))
                child++;
            if (!IsWorse(_heap[child], _heap[at]))
                return;
            (_heap[at], _heap[child]) = (_heap[child], _heap[at]);
            at = child;
        }
    }
}
