using System.Numerics.Tensors;

namespace Splitrail.Retrieval.Vectors;

/// <summary>Vectors as floats, by row, each padded with zeros to a multiple of 16: what final scores are made from. In memory or mapped from a file.</summary>
public sealed unsafe class FloatRows
{
    /// <summary>Nothing larger is taken: products of larger numbers leave the range of floats.</summary>
    public const float Largest = 1e12f;

    /// <summary>Wider vectors are not taken: the sums of their whole numbers would not be exact as floats.</summary>
    public const int MaxWidth = 4096;

    private readonly VectorBuffer<float> _values;

    internal FloatRows(VectorBuffer<float> values, int count, int width)
    {
        if (values.Length != (long)count * Padded(width))
            throw new ArgumentException($"{count} rows of {Padded(width)} are not {values.Length} numbers.", nameof(values));
        (_values, Count, Width) = (values, count, width);
    }

    /// <summary>Rows, one after the other without padding.</summary>
    /// <exception cref="ArgumentException">A number is not finite, or they do not divide into rows.</exception>
    public static FloatRows From(ReadOnlySpan<float> values, int width)
    {
        if (width is < 1 or > MaxWidth || values.Length % width != 0)
            throw new ArgumentException($"{values.Length} numbers are not rows of {width}.", nameof(values));
        var rows = Zeroed(values.Length / width, width);
        for (var row = 0; row < rows.Count; row++)
            rows.Set(row, values.Slice(row * width, width));
        return rows;
    }

    /// <summary>Rows of zeros, to be set by <see cref="Set"/> before they are used.</summary>
    public static FloatRows Zeroed(int count, int width) => new(new VectorBuffer<float>((long)count * Padded(width)), count, width);

    public int Count { get; }

    /// <summary>Dimensions.</summary>
    public int Width { get; }

    /// <summary>Floats from one row to the next.</summary>
    public int Stride => Padded(Width);

    /// <summary>Zero when the rows are a file's pages.</summary>
    public long ResidentBytes => _values.IsMapped ? 0 : _values.Bytes;

    internal VectorBuffer<float> Values => _values;

    public static int Padded(int width) => (width + RowDot.Lanes - 1) / RowDot.Lanes * RowDot.Lanes;

    /// <summary>The dimensions of a row, without padding.</summary>
    public ReadOnlySpan<float> this[int row] => _values.Slice((long)row * Stride, Width);

    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public void Set(int row, ReadOnlySpan<float> values)
    {
        if (values.Length != Width)
            throw new ArgumentException($"Row {row} has {values.Length} numbers instead of {Width}.", nameof(values));
        if (!InRange(values))
            throw new ArgumentException($"Row {row} has a number that is not finite or beyond {Largest:0e0}.", nameof(values));
        values.CopyTo(_values.Slice((long)row * Stride, Width));
    }

    /// <summary>The first rows.</summary>
    internal FloatRows Head(int count) => new(new VectorBuffer<float>(_values.Pointer, (long)count * Stride, _values), count, Width);

    internal static bool InRange(ReadOnlySpan<float> values) =>
        TensorPrimitives.IsFiniteAll(values) && (values.IsEmpty || MathF.Abs(TensorPrimitives.MaxMagnitude(values)) <= Largest);

    /// <summary>Has a row brought from memory while other work goes on.</summary>
    internal void Prefetch(int row) => RowMath.Prefetch(Row(row), Stride);

    internal float* Row(int row) => _values.Pointer + (long)row * Stride;
}
