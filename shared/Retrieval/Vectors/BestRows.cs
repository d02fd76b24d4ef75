using System.Runtime.CompilerServices;

namespace Splitrail.Retrieval.Vectors;

/// <summary>
/// The best k rows seen so far: a heap of numbers that hold score and row together, so that one comparison orders by falling score and among equals by
/// rising row. Reused between queries.
/// </summary>
internal sealed class BestRows
{
    private ulong[] _heap = new ulong[64];
    private int _capacity;

    public int Count { get; private set; }

    /// <summary>A row below this score is not among the best; minus infinity until there are k.</summary>
    public float Floor { get; private set; }

    public void Begin(int capacity)
    {
        if (_heap.Length < capacity)
            _heap = new ulong[capacity];
        (_capacity, Count, Floor) = (capacity, 0, float.NegativeInfinity);
    }

    /// <param name="score">Finite.</param>
    /// <param name="row">0 or more.</param>
    public void Offer(float score, int row)
    {
        var key = Key(score, row);
        if (Count < _capacity)
        {
            var at = Count++;
            while (at > 0 && key < _heap[(at - 1) / 2])
            {
                _heap[at] = _heap[(at - 1) / 2];
                at = (at - 1) / 2;
            }

            _heap[at] = key;
            if (Count == _capacity)
                Floor = ScoreOf(_heap[0]);
        }
        else if (key > _heap[0])
        {
            SiftDown(key, Count);
            Floor = ScoreOf(_heap[0]);
        }
    }

    /// <summary>Empties the heap into <paramref name="best"/>, best first, and answers how many.</summary>
    public int Take(Span<Neighbour> best)
    {
        var count = Count;
        for (var at = count - 1; at >= 0; at--)
        {
            best[at] = new Neighbour(RowOf(_heap[0]), ScoreOf(_heap[0]));
            SiftDown(_heap[at], at);
        }

        Count = 0;
        return count;
    }

    /// <summary>The same without the scores.</summary>
    public int Take(Span<int> rows)
    {
        var count = Count;
        for (var at = count - 1; at >= 0; at--)
        {
            rows[at] = RowOf(_heap[0]);
            SiftDown(_heap[at], at);
        }

        Count = 0;
        return count;
    }

    /// <summary>Puts <paramref name="key"/> in the root's place in a heap of <paramref name="count"/>.</summary>
    private void SiftDown(ulong key, int count)
    {
        var heap = _heap;
        var at = 0;
        while (true)
        {
            var child = 2 * at + 1;
            if (child >= count)
                break;
            if (child + 1 < count && heap[child + 1] < heap[child])
                child++;
            if (key <= heap[child])
                break;
            heap[at] = heap[child];
            at = child;
        }

        heap[at] = key;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Key(float score, int row)
    {
        // Adding zero makes one number of the two zeros.
        var bits = BitConverter.SingleToUInt32Bits(score + 0f);
        return (ulong)(bits ^ (uint)((int)bits >> 31) | (~bits & 0x8000_0000)) << 32 | ~(uint)row;
    }

    private static float ScoreOf(ulong key)
    {
        var bits = (uint)(key >> 32);
        return BitConverter.UInt32BitsToSingle((bits & 0x8000_0000) != 0 ? bits & 0x7FFF_FFFF : ~bits);
    }

    private static int RowOf(ulong key) => (int)~(uint)key;
}
