using System.Numerics;
using System.Numerics.Tensors;
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

    /// <inheritdoc/>
    public void AddRow(int item, float strength, Span<float> scores)
    {
        if (item >= Covered)
            return;
        var factor = strength * _scales[item];
        var row = _weights.AsSpan(item * Covered, Covered);
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
