using System.Numerics.Tensors;

namespace Splitrail.Retrieval.Vectors;

/// <summary>Makes <see cref="QuantisedRows"/> of floats.</summary>
internal static unsafe class Quantiser
{
    private const int Chunk = 256;

    /// <summary>Share of the rows whose largest number the scale covers: a few outliers would make the steps of all others coarse; they are cut, and their blocks' errors say so.</summary>
    private const double Covered = 0.999;

    /// <summary>Rows in their own order.</summary>
    public static QuantisedRows InOrder(FloatRows rows, int threads)
    {
        var blocks = (rows.Count + QuantisedRows.BlockRows - 1) / QuantisedRows.BlockRows;
        return Fill(rows, blocks, null, threads);
    }

    /// <summary>Rows in the order of <paramref name="slots"/>; its length is a multiple of 16, -1 is an empty slot.</summary>
    public static QuantisedRows InSlots(FloatRows rows, VectorBuffer<int> slots, int threads) =>
        Fill(rows, (int)(slots.Length / QuantisedRows.BlockRows), slots, threads);

    private static QuantisedRows Fill(FloatRows rows, int blocks, VectorBuffer<int>? slots, int threads)
    {
        var width = rows.Stride;
        var made = new QuantisedRows(
            width, ScaleOf(rows),
            new VectorBuffer<byte>((long)blocks * width * 8),
            new VectorBuffer<byte>((long)blocks * width * 8),
            new VectorBuffer<float>((long)blocks * QuantisedRows.BoundsOfBlock),
            slots);
        Parallel.For(0, (blocks + Chunk - 1) / Chunk, new ParallelOptions { MaxDegreeOfParallelism = threads }, chunk =>
        {
            for (var block = chunk * Chunk; block < Math.Min(blocks, (chunk + 1) * Chunk); block++)
                FillBlock(made, rows, block);
        });
        return made;
    }

    private static float ScaleOf(FloatRows rows)
    {
        if (rows.Count == 0)
            return 1f;
        var largest = new float[rows.Count];
        for (var row = 0; row < largest.Length; row++)
            largest[row] = MathF.Abs(TensorPrimitives.MaxMagnitude(rows[row]));
        Array.Sort(largest);
        var covered = largest[(int)((largest.Length - 1) * Covered)];
        // Rows of zeros, and numbers so small that a step of theirs would be none, need some scale all the same.
        return MathF.Max(covered, 1e-9f) / 127f;
    }

    private static void FillBlock(QuantisedRows made, FloatRows rows, int block)
    {
        double highError = 0, length = 0, fullError = 0;
        for (var r = 0; r < QuantisedRows.BlockRows; r++)
        {
            var slot = block * QuantisedRows.BlockRows + r;
            var row = made.Ids is { } ids ? ids.Pointer[slot] : slot;
            if (row < 0 || row >= rows.Count)
                continue;
            var errors = FillRow(made, rows.Row(row), block, r);
            highError = Math.Max(highError, errors.High);
            length = Math.Max(length, errors.Length);
            fullError = Math.Max(fullError, errors.Full);
        }

        var bounds = made.Bounds.Pointer + (long)block * QuantisedRows.BoundsOfBlock;
        (bounds[0], bounds[1], bounds[2]) = (Up(highError), Up(length), Up(fullError));
    }

    private static (double High, double Length, double Full) FillRow(QuantisedRows made, float* row, int block, int r)
    {
        double highError = 0, fullError = 0, highLength = 0, fullLength = 0, length = 0;
        var high = made.High.Pointer + (long)block * made.BlockBytes;
        var low = made.Low.Pointer + ((long)block * QuantisedRows.BlockRows + r) * (made.Width / 2);
        for (var d = 0; d < made.Width; d++)
        {
            var number = (int)Math.Clamp(MathF.Round(row[d] / made.Scale) + 128f, 0f, 255f);
            high[d / 8 * 64 + r * 4 + d % 4] |= (byte)(number >> 4 << (d % 8 >= 4 ? 4 : 0));
            var at = d < made.Width / 2 ? d : d - made.Width / 2;
            low[at] |= (byte)((number & 15) << (d < made.Width / 2 ? 0 : 4));
            var full = (double)made.Scale * (number - 128);
            var middle = made.Scale * ((number >> 4) * 16 + 7.5 - 128);
            highError += (row[d] - middle) * (row[d] - middle);
            fullError += (row[d] - full) * (row[d] - full);
            highLength += middle * middle;
            fullLength += full * full;
            length += (double)row[d] * row[d];
        }

        return (Math.Sqrt(highError), Math.Sqrt(Math.Max(length, Math.Max(highLength, fullLength))), Math.Sqrt(fullError));
    }

    /// <summary>Rounded up: a bound may not be lost in a conversion.</summary>
    private static float Up(double value) => MathF.BitIncrement((float)value);
}
