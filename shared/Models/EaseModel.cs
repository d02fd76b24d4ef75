using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Splitrail.Models;

/// <summary>
/// EASE (Steck 2019, "Embarrassingly Shallow Autoencoders for Sparse Data"): B of shape items x items with a zero diagonal; the score of
/// item j is the sum of B[i, j] over the items i of the history. It covers the first <see cref="Covered"/> items of the index, which is ordered
/// by support. A row is kept as 16-bit integers and one scale: half the memory of floats, and the error of at most 1/65,534 of the row's
/// largest weight is far below what changes a ranking.
/// </summary>
public sealed class EaseModel : IItemToItem
{
    private readonly short[] _weights;
    private readonly float[] _scales;

    internal EaseModel(short[] weights, float[] scales)
    {
        if (weights.LongLength != (long)scales.Length * scales.Length)
            throw new ArgumentException($"{scales.Length} rows need {(long)scales.Length * scales.Length} weights, got {weights.LongLength}.", nameof(weights));
        _weights = weights;
        _scales = scales;
    }

    /// <summary>Items with weights; the others have no row and get no score.</summary>
    public int Covered => _scales.Length;

    internal ReadOnlySpan<short> Weights => _weights;

    internal ReadOnlySpan<float> Scales => _scales;

    /// <summary>Makes a model of rows of floats.</summary>
    /// <param name="covered">Items to cover.</param>
    /// <param name="fill">Fills the row of an item (covered weights); called once per item, from several threads.</param>
    public static EaseModel FromRows(int covered, Action<int, Span<float>> fill)
    {
        var model = new EaseModel(new short[covered * covered], new float[covered]);
        Parallel.For(0, covered, () => new float[covered], (item, _, row) =>
        {
            fill(item, row);
            model.SetRow(item, row);
            return row;
        }, static _ => { });
        return model;
    }

    private void SetRow(int item, ReadOnlySpan<float> row)
    {
        var largest = MathF.Abs(TensorPrimitives.MaxMagnitude(row));
        _scales[item] = largest / short.MaxValue;
        var inverse = largest > 0 ? short.MaxValue / largest : 0f;
        var target = _weights.AsSpan(item * Covered, Covered);
        for (var j = 0; j < row.Length; j++)
            target[j] = (short)MathF.Round(row[j] * inverse);
    }

    /// <summary>Adds the rows of a history, four at a time: the scores are read and written once for the four.</summary>
    public void AddRows(ReadOnlySpan<int> items, ReadOnlySpan<float> strengths, Span<float> scores)
    {
        const int Together = 4;
        Span<int> four = stackalloc int[Together];
        Span<float> factors = stackalloc float[Together];
        var taken = 0;
        for (var h = 0; h < items.Length; h++)
        {
            if (items[h] >= Covered)
                continue;
            (four[taken], factors[taken]) = (items[h], strengths[h] * _scales[items[h]]);
            if (++taken < Together)
                continue;
            AddFour(four, factors, scores[..Covered]);
            taken = 0;
        }

        for (var rest = 0; rest < taken; rest++)
            Add(four[rest], factors[rest], scores);
    }

    private void AddFour(ReadOnlySpan<int> items, ReadOnlySpan<float> factors, Span<float> scores)
    {
        var a = RowOf(items[0]);
        var b = RowOf(items[1]);
        var c = RowOf(items[2]);
        var d = RowOf(items[3]);
        var done = AddWide(a, b, c, d, factors, scores);
        for (var j = done; j < scores.Length; j++)
            scores[j] += a[j] * factors[0] + b[j] * factors[1] + c[j] * factors[2] + d[j] * factors[3];
    }

    /// <summary>As far as whole vectors go.</summary>
    private static int AddWide(ReadOnlySpan<short> a, ReadOnlySpan<short> b, ReadOnlySpan<short> c, ReadOnlySpan<short> d, ReadOnlySpan<float> factors, Span<float> scores)
    {
        var (fa, fb, fc, fd) = (new Vector<float>(factors[0]), new Vector<float>(factors[1]), new Vector<float>(factors[2]), new Vector<float>(factors[3]));
        var target = MemoryMarshal.Cast<float, Vector<float>>(scores);
        var j = 0;
        for (var v = 0; j + Vector<short>.Count <= a.Length; v += 2, j += Vector<short>.Count)
        {
            Vector.Widen(new Vector<short>(a[j..]), out var lowA, out var highA);
            Vector.Widen(new Vector<short>(b[j..]), out var lowB, out var highB);
            Vector.Widen(new Vector<short>(c[j..]), out var lowC, out var highC);
            Vector.Widen(new Vector<short>(d[j..]), out var lowD, out var highD);
            target[v] = Sum(target[v], lowA, fa, lowB, fb, lowC, fc, lowD, fd);
            target[v + 1] = Sum(target[v + 1], highA, fa, highB, fb, highC, fc, highD, fd);
        }

        return j;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Sum(
        Vector<float> to, Vector<int> a, Vector<float> fa, Vector<int> b, Vector<float> fb, Vector<int> c, Vector<float> fc, Vector<int> d, Vector<float> fd)
    {
        to = Vector.FusedMultiplyAdd(Vector.ConvertToSingle(a), fa, to);
        to = Vector.FusedMultiplyAdd(Vector.ConvertToSingle(b), fb, to);
        to = Vector.FusedMultiplyAdd(Vector.ConvertToSingle(c), fc, to);
        return Vector.FusedMultiplyAdd(Vector.ConvertToSingle(d), fd, to);
    }

    private ReadOnlySpan<short> RowOf(int item) => _weights.AsSpan(item * Covered, Covered);

    /// <inheritdoc/>
    public void AddRow(int item, float strength, Span<float> scores)
    {
        if (item < Covered)
            Add(item, strength * _scales[item], scores);
    }

    private void Add(int item, float factor, Span<float> scores)
    {
        var row = RowOf(item);
        var wide = MemoryMarshal.Cast<short, Vector<short>>(row);
        var target = MemoryMarshal.Cast<float, Vector<float>>(scores[..Covered]);
        var factors = new Vector<float>(factor);
        for (var v = 0; v < wide.Length; v++)
        {
            Vector.Widen(wide[v], out var low, out var high);
            target[2 * v] = Vector.FusedMultiplyAdd(Vector.ConvertToSingle(low), factors, target[2 * v]);
            target[2 * v + 1] = Vector.FusedMultiplyAdd(Vector.ConvertToSingle(high), factors, target[2 * v + 1]);
        }

        for (var j = wide.Length * Vector<short>.Count; j < row.Length; j++)
            scores[j] += row[j] * factor;
    }
}
