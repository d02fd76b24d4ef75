using System.Runtime.Intrinsics;

namespace Splitrail.Retrieval.Vectors;

/// <summary>
/// The centres of an index, and which of them a query likes best. Both halves of the centres' numbers lie as blocks, so a score is two passes of the
/// kernel; the best are found by counting scores, which costs the same for one probe and for half of them.
/// </summary>
internal sealed unsafe class CentreTable
{
    private const int Buckets = 512;
    private readonly VectorBuffer<byte> _high;
    private readonly VectorBuffer<byte> _low;
    private readonly int _stride;

    public CentreTable(FloatRows centres, int threads)
    {
        Centres = centres;
        _stride = centres.Stride;
        var quantised = Quantiser.InOrder(centres, threads);
        _high = quantised.High;
        _low = new VectorBuffer<byte>(_high.Length);
        for (var centre = 0; centre < centres.Count; centre++)
            for (var d = 0; d < _stride; d++)
            {
                var half = quantised.Low.Pointer[centre * (_stride / 2L) + (d < _stride / 2 ? d : d - _stride / 2)] >> (d < _stride / 2 ? 0 : 4) & 15;
                var at = (long)centre / QuantisedRows.BlockRows * quantised.BlockBytes + d / 8 * 64 + centre % QuantisedRows.BlockRows * 4 + d % 4;
                _low.Pointer[at] |= (byte)(half << (d % 8 >= 4 ? 4 : 0));
            }

        GC.KeepAlive(quantised);
    }

    public FloatRows Centres { get; }

    public long ResidentBytes => Centres.ResidentBytes + _high.Bytes + _low.Bytes;

    /// <summary>Fills <paramref name="best"/> with distinct centres, best first but for those of nearly equal scores.</summary>
    public void Best(QueryTerms query, VectorPath path, ListScratch scratch, Span<int> best)
    {
        var scores = scratch.ScoresFor((Centres.Count + QuantisedRows.BlockRows - 1) / QuantisedRows.BlockRows * QuantisedRows.BlockRows);
        fixed (int* to = scores)
            switch (path)
            {
                case VectorPath.AvxVnni: Score<AvxVnniKernel>(query, to); break;
                case VectorPath.Avx2: Score<Avx2Kernel>(query, to); break;
                case VectorPath.AdvSimd: Score<AdvSimdKernel>(query, to); break;
                default: Score<PlainKernel>(query, to); break;
            }

        Select(scores[..Centres.Count], scratch.Counts, best);
        GC.KeepAlive(this);
    }

    private void Score<TKernel>(QueryTerms query, int* scores)
        where TKernel : struct, IBlockKernel
    {
        var bytes = _stride * 8;
        for (var at = 0L; at < _high.Length; at += bytes, scores += QuantisedRows.BlockRows)
        {
            TKernel.Block(_high.Pointer + at, query.Numbers, _stride, out var low, out var high);
            TKernel.Block(_low.Pointer + at, query.Numbers, _stride, out var fineLow, out var fineHigh);
            ((low << 4) + fineLow).Store(scores);
            ((high << 4) + fineHigh).Store(scores + 8);
        }
    }

    /// <summary>Counting sort over <see cref="Buckets"/> ranges of scores, from the best down until there are enough; inside a range in the order of the centres.</summary>
    private static void Select(ReadOnlySpan<int> scores, int[] counts, Span<int> best)
    {
        var (least, most) = (int.MaxValue, int.MinValue);
        foreach (var score in scores)
            (least, most) = (Math.Min(least, score), Math.Max(most, score));
        var perBucket = (Buckets - 1f) / Math.Max(1, most - least);
        Array.Clear(counts, 0, Buckets + 1);
        foreach (var score in scores)
            counts[(int)((most - score) * perBucket) + 1]++;
        for (var bucket = 0; bucket < Buckets; bucket++)
            counts[bucket + 1] += counts[bucket];
        for (var centre = 0; centre < scores.Length; centre++)
        {
            var bucket = (int)((most - scores[centre]) * perBucket);
            if (counts[bucket] < best.Length)
                best[counts[bucket]++] = centre;
        }
    }

    /// <summary>What choosing works on.</summary>
    internal sealed class ListScratch
    {
        private int[] _scores = [];

        public int[] Counts { get; } = new int[Buckets + 1];

        public Span<int> ScoresFor(int count)
        {
            if (_scores.Length < count)
                _scores = new int[count];
            return _scores.AsSpan(0, count);
        }
    }
}
