namespace Splitrail.Retrieval.Vectors;

/// <summary>A filter as the scan reads it.</summary>
internal static class RowMask
{
    /// <exception cref="ArgumentException">The bitmap is of something else.</exception>
    public static void Check(ItemBitmap? allowed, int rows)
    {
        if (allowed is not null && allowed.Count != rows)
            throw new ArgumentException($"The bitmap is of {allowed.Count} rows, the index has {rows}.", nameof(allowed));
    }

    /// <summary>Empty, hence a null pointer, when every row is allowed.</summary>
    public static ReadOnlySpan<ulong> WordsOf(ItemBitmap? allowed) => allowed is null ? [] : allowed.Words;
}
