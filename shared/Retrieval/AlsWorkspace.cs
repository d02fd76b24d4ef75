using Splitrail.Retrieval.Vectors;

namespace Splitrail.Retrieval;

/// <summary>Scratch of one thread for <see cref="AlsHalfStep"/>; it grows to the longest row it has seen.</summary>
public sealed class AlsWorkspace(int factors)
{
    /// <summary>Rows gathered before they are multiplied: 256 x 128 floats stay in the second-level cache.</summary>
    internal const int Depth = 256;

    private float[] _rows = [];
    private float[] _predictions = [];

    internal float[] Matrix { get; } = new float[factors * factors];

    internal float[] Vector { get; } = new float[factors];

    internal float[] Gathered { get; } = new float[Depth * factors];

    /// <summary>One row padded to a multiple of 16; what is beyond the factors stays 0.</summary>
    internal float[] Padded { get; } = new float[FloatRows.Padded(factors)];

    /// <summary>Three padded rows.</summary>
    internal float[] Steps { get; } = new float[3 * FloatRows.Padded(factors)];

    internal int[] Items { get; private set; } = new int[256];

    internal float[] Strengths { get; private set; } = new float[256];

    /// <summary>Room for padded rows whose padding stays 0.</summary>
    internal float[] RowsFor(int n, int stride)
    {
        if (_rows.Length < n * stride)
            _rows = new float[Math.Max(n, 256) * stride * 3 / 2];
        return _rows;
    }

    /// <summary>Room for a number per entry of a row.</summary>
    internal float[] PredictionsFor(int n)
    {
        if (_predictions.Length < n)
            _predictions = new float[Math.Max(n, 256) * 3 / 2];
        return _predictions;
    }

    /// <summary>Copies the entries of positive strength; answers how many.</summary>
    internal int Take(ReadOnlySpan<int> items, ReadOnlySpan<float> strengths)
    {
        if (items.Length > Items.Length)
        {
            Items = new int[items.Length * 2];
            Strengths = new float[items.Length * 2];
        }

        var n = 0;
        for (var i = 0; i < items.Length; i++)
            if (strengths[i] > 0)
                (Items[n], Strengths[n++]) = (items[i], strengths[i]);
        return n;
    }
}
