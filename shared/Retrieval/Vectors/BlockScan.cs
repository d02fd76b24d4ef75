using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Splitrail.Retrieval.Vectors;

/// <summary>
/// Goes through blocks of <see cref="QuantisedRows"/> and offers every row that can be among the best, with its score in floats: high halves first, then the
/// low halves of those whose upper bound reaches the worst of the best so far, then the floats of those that still do. Rows left out are proven not to
/// belong, so over all blocks the result is that of scoring every row in floats.
/// </summary>
internal unsafe ref struct BlockScan
{
    public const int AsideRows = 48;

    private readonly QuantisedRows _rows;
    private readonly FloatRows _floats;
    private readonly QueryTerms _query;
    private readonly BestRows _best;
    private readonly ulong* _allowed;
    private readonly int* _ids;
    private readonly float _unit;
    private readonly double _middle;
    private readonly float _perError;
    private readonly float _perLength;
    private readonly Aside* _aside;
    private int _asideCount;
    private float _least;

    /// <param name="rows">What is scanned.</param>
    /// <param name="floats">The same in floats.</param>
    /// <param name="query">Prepared for their width.</param>
    /// <param name="best">Gets the rows.</param>
    /// <param name="allowed">One bit a row, or null for all.</param>
    /// <param name="aside">Room for <see cref="AsideRows"/>.</param>
    /// <param name="share">How much of the high halves' bound is believed: 1 is proof, less is a bet on errors that do not all point along the query.</param>
    public BlockScan(QuantisedRows rows, FloatRows floats, QueryTerms query, BestRows best, ulong* allowed, Aside* aside, float share = 1f)
    {
        _aside = aside;
        (_rows, _floats, _query, _best) = (rows, floats, query, best);
        _allowed = allowed;
        _ids = rows.Ids is { } ids ? ids.Pointer : null;
        _unit = rows.Scale * query.Step;
        _middle = (7.5 - 128) * query.Sum;
        _perError = share * query.OfError / (16f * _unit);
        _perLength = query.OfLength / (16f * _unit);
        _least = Least(best.Floor);
    }

    public int Refined { get; private set; }

    public int Rescored { get; private set; }

    public void Run(VectorPath path, int from, int to)
    {
        switch (path)
        {
            case VectorPath.AvxVnni: Run<AvxVnniKernel>(from, to); break;
            case VectorPath.Avx2: Run<Avx2Kernel>(from, to); break;
            case VectorPath.AdvSimd: Run<AdvSimdKernel>(from, to); break;
            default: Run<PlainKernel>(from, to); break;
        }
    }

    private void Run<TKernel>(int from, int to)
        where TKernel : struct, IBlockKernel
    {
        var (width, bytes) = (_rows.Width, _rows.BlockBytes);
        var block = _rows.High.Pointer + (long)from * bytes;
        var bounds = _rows.Bounds.Pointer + (long)from * QuantisedRows.BoundsOfBlock;
        var numbers = _query.Numbers;
        for (var at = from; at < to; at++, block += bytes, bounds += QuantisedRows.BoundsOfBlock)
        {
            var wanted = _ids is null ? WantedInOrder(at) : ushort.MaxValue;
            if (wanted == 0)
                continue;
            TKernel.Block(block, numbers, width, out var low, out var high);
            var least = Vector256.Create(_least - _perError * bounds[0] - _perLength * bounds[1]);
            var hits = Vector256.GreaterThanOrEqual(Vector256.ConvertToSingle(low), least).ExtractMostSignificantBits()
                | Vector256.GreaterThanOrEqual(Vector256.ConvertToSingle(high), least).ExtractMostSignificantBits() << 8;
            if ((hits & wanted) != 0)
                PutAside<TKernel>(at, hits & wanted, low, high);
        }

        Refine<TKernel>();
    }

    /// <summary>Puts the hits aside and has their low halves brought from memory meanwhile: a scan passes them at random, so each alone would be a wait.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PutAside<TKernel>(int block, uint hits, Vector256<int> low, Vector256<int> high)
        where TKernel : struct, IBlockKernel
    {
        var sums = stackalloc int[QuantisedRows.BlockRows];
        low.Store(sums);
        high.Store(sums + 8);
        for (; hits != 0; hits &= hits - 1)
        {
            var r = BitOperations.TrailingZeroCount(hits);
            var slot = block * QuantisedRows.BlockRows + r;
            if (_ids is not null && !WantedRow(_ids[slot]))
                continue;
            Prefetch(_rows.Low.Pointer + (long)slot * (_rows.Width / 2));
            _aside[_asideCount++] = new Aside(slot, sums[r]);
        }

        // Until there are k nothing can be left out, and while little is aside waiting longer hides more.
        if (_asideCount > AsideRows - QuantisedRows.BlockRows || _best.Floor == float.NegativeInfinity)
            Refine<TKernel>();
    }

    private void Refine<TKernel>()
        where TKernel : struct, IBlockKernel
    {
        var half = _rows.Width / 2;
        for (var i = 0; i < _asideCount; i++)
        {
            var (slot, high) = (_aside[i].Slot, _aside[i].High);
            var bounds = _rows.Bounds.Pointer + (long)(slot / QuantisedRows.BlockRows) * QuantisedRows.BoundsOfBlock;
            var slack = (_query.OfError * (double)bounds[2] + _query.OfLength * (double)bounds[1]) * (1 + 1e-6) + _unit;
            var sum = high * 16 + TKernel.Row(_rows.Low.Pointer + (long)slot * half, _query.Numbers, _rows.Width) - 128 * _query.Sum;
            if (_unit * (double)sum + slack < _best.Floor)
                continue;
            Rescored++;
            var row = _ids is null ? slot : _ids[slot];
            _best.Offer(RowDot.Of(_query.Floats, _floats.Row(row), _query.Stride), row);
        }

        Refined += _asideCount;
        _asideCount = 0;
        _least = Least(_best.Floor);
    }

    private static void Prefetch(byte* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }

    /// <summary>The sum of high halves that a row without error needs to reach a score, two units less for rounding.</summary>
    private readonly float Least(float floor) => (float)((floor / (double)_unit - _middle) / 16 - 2);

    private readonly uint WantedInOrder(int block)
    {
        var wanted = (uint)ushort.MaxValue;
        if (_allowed is not null)
            wanted &= ((ushort*)_allowed)[block];
        var left = _floats.Count - block * QuantisedRows.BlockRows;
        return left >= QuantisedRows.BlockRows ? wanted : wanted & ((1u << left) - 1);
    }

    private readonly bool WantedRow(int row) => row >= 0 && (_allowed is null || (_allowed[row >> 6] >> (row & 63) & 1) != 0);

    /// <summary>A row to be looked at more closely, and the sum of its high halves.</summary>
    public readonly record struct Aside(int Slot, int High);
}
