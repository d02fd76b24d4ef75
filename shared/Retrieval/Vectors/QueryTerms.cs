using System.Numerics.Tensors;

namespace Splitrail.Retrieval.Vectors;

/// <summary>A query as floats, as whole numbers from -127 to 127, and what its bounds are made of.</summary>
internal sealed unsafe class QueryTerms
{
    private VectorBuffer<float> _floats = new(64);
    private VectorBuffer<sbyte> _numbers = new(64);

    public float* Floats => _floats.Pointer;

    public sbyte* Numbers => _numbers.Pointer;

    public int Stride { get; private set; }

    /// <summary>Value = step x number.</summary>
    public float Step { get; private set; }

    /// <summary>Sum of the numbers.</summary>
    public int Sum { get; private set; }

    /// <summary>How much an error of a row may move the score: |query|, with room for the rounding of floats.</summary>
    public float OfError { get; private set; }

    /// <summary>How much the length of a row may move the score: the error of the query's own numbers, with room for the rounding of floats.</summary>
    public float OfLength { get; private set; }

    /// <exception cref="ArgumentException">The query has another width, or a number that is not finite.</exception>
    public void Take(ReadOnlySpan<float> query, int width)
    {
        if (query.Length != width)
            throw new ArgumentException($"The query has {query.Length} dimensions, the vectors have {width}.", nameof(query));
        if (!FloatRows.InRange(query))
            throw new ArgumentException($"The query has a number that is not finite or beyond {FloatRows.Largest:0e0}.", nameof(query));
        Stride = FloatRows.Padded(width);
        if (_floats.Length < Stride)
            (_floats, _numbers) = (new VectorBuffer<float>(Stride), new VectorBuffer<sbyte>(Stride));
        var floats = _floats.Slice(0, Stride);
        query.CopyTo(floats);
        floats[width..].Clear();
        Quantise(floats);
    }

    private void Quantise(ReadOnlySpan<float> floats)
    {
        // A query of zeros, or of numbers next to nothing, needs some step all the same.
        Step = MathF.Max(MathF.Abs(TensorPrimitives.MaxMagnitude(floats)), 1e-9f) / 127f;
        double error = 0, length = 0;
        Sum = 0;
        for (var d = 0; d < floats.Length; d++)
        {
            var number = Math.Clamp((int)MathF.Round(floats[d] / Step), -127, 127);
            Numbers[d] = (sbyte)number;
            Sum += number;
            var missed = floats[d] - (double)Step * number;
            error += missed * missed;
            length += (double)floats[d] * floats[d];
        }

        // The score is itself a sum of floats: each of its lanes is a sum of Stride / 16 terms, then four levels of a tree.
        var rounding = (Stride / RowDot.Lanes + 8) * 1.2e-7;
        OfError = (float)(Math.Sqrt(length) * (1 + 1e-5));
        OfLength = (float)((Math.Sqrt(error) + rounding * Math.Sqrt(length)) * (1 + 1e-5));
    }
}
