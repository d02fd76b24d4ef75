namespace Splitrail.Retrieval.Vectors;

/// <summary>
/// Vectors as whole numbers 0 to 255 (value = scale x (number - 128)), each cut into a high and a low half of four bits. A scan reads the high halves
/// only, half the bytes of int8, and the low halves of the few rows that can still matter. The error of either is known exactly for each block of 16 rows,
/// so what is left out is proven not to belong to the result.
/// </summary>
/// <remarks>
/// High halves lie by block: for each 8 dimensions 64 bytes, 4 for each of the 16 rows, dimensions 0 to 3 in the low half of the byte and 4 to 7 in the
/// high half; lanes are rows, so sums need no adding across. Low halves lie by row.
/// </remarks>
internal sealed unsafe class QuantisedRows(
    int width, float scale, VectorBuffer<byte> high, VectorBuffer<byte> low, VectorBuffer<float> bounds, VectorBuffer<int>? ids)
{
    public const int BlockRows = 16;

    /// <summary>Floats of a block in <see cref="Bounds"/>: error of the high halves, length, error of both halves, one unused.</summary>
    public const int BoundsOfBlock = 4;

    /// <summary>Dimensions, padded to a multiple of 16.</summary>
    public int Width { get; } = width;

    public float Scale { get; } = scale;

    /// <summary>Blocks x width x 8 bytes.</summary>
    public VectorBuffer<byte> High { get; } = high;

    /// <summary>Blocks x 16 x width / 2 bytes.</summary>
    public VectorBuffer<byte> Low { get; } = low;

    /// <summary>Each the largest of the block's 16 rows: |x - x'| of the high halves, |x| and |x'|, |x - x'| of both halves.</summary>
    public VectorBuffer<float> Bounds { get; } = bounds;

    /// <summary>Row in each slot, -1 for an empty one; null when slot and row are the same.</summary>
    public VectorBuffer<int>? Ids { get; } = ids;

    public int Blocks => (int)(Bounds.Length / BoundsOfBlock);

    public int BlockBytes => Width * 8;

    public long ResidentBytes => new[] { Resident(High), Resident(Low), Resident(Bounds), Ids is null ? 0 : Resident(Ids) }.Sum();

    // Mapped or not, these are read all the time.
    private static long Resident<T>(VectorBuffer<T> buffer) where T : unmanaged => buffer.Bytes;
}
