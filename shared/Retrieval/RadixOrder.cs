namespace Splitrail.Retrieval;

/// <summary>
/// Sorts numbers whose upper half is the key, stably, by three passes over 11 bits each (LSD radix sort): some thousand keys cost a fifth of what
/// comparing them costs.
/// </summary>
internal sealed class RadixOrder
{
    private const int Bits = 11;
    private const int Passes = 3;
    private const int Bins = 1 << Bits;

    /// <summary>Below it the bins cost more than they spare.</summary>
    private const int WorthIt = 400;
    private readonly int[] _bins = new int[Bins];
    private ulong[] _other = [];

    /// <summary>Numbers of equal keys keep their order, so that their lower halves, which rise, need no look.</summary>
    public void Sort(Span<ulong> values)
    {
        if (values.Length < WorthIt)
        {
            values.Sort();
            return;
        }

        if (_other.Length < values.Length)
            _other = new ulong[values.Length * 2];
        var from = values;
        var to = _other.AsSpan(0, values.Length);
        for (var pass = 0; pass < Passes; pass++)
        {
            Distribute(from, to, 32 + pass * Bits);
            var filled = to;
            to = from;
            from = filled;
        }

        // Three passes end in the other array.
        from.CopyTo(values);
    }

    private void Distribute(ReadOnlySpan<ulong> from, Span<ulong> to, int shift)
    {
        Array.Clear(_bins);
        foreach (var value in from)
            _bins[(int)(value >> shift) & (Bins - 1)]++;
        var start = 0;
        for (var bin = 0; bin < Bins; bin++)
            (_bins[bin], start) = (start, start + _bins[bin]);
        foreach (var value in from)
            to[_bins[(int)(value >> shift) & (Bins - 1)]++] = value;
    }
}
