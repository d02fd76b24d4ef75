using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Splitrail.Retrieval.Vectors;

/// <summary>
/// The first page of an index file; everything after it follows from these numbers, each part at the next multiple of a page: floats, high halves, low
/// halves, bounds, and with lists the rows in their slots, the lists' starts and the centres; last the rows' names.
/// </summary>
/// <param name="Width">Dimensions.</param>
/// <param name="Count">Rows.</param>
/// <param name="Blocks">Of 16 slots.</param>
/// <param name="Lists">0 for an exact index.</param>
/// <param name="Probes">0 for an exact index.</param>
/// <param name="Scale">Of the whole numbers.</param>
/// <param name="NameBytes">Length of the rows' names, 0 when they have none.</param>
internal readonly record struct VectorFileHeader(int Width, int Count, int Blocks, int Lists, int Probes, float Scale, int NameBytes)
{
    public const int Page = 4096;
    public const long FloatsAt = Page;
    private const ulong Magic = 0x31305845444E4956; // "VINDEX01"
    private const int Signed = 64;

    public int Stride => FloatRows.Padded(Width);

    public long FloatBytes => (long)Count * Stride * sizeof(float);

    public long HighAt => After(FloatsAt, FloatBytes);

    public long HalfBytes => (long)Blocks * Stride * 8;

    public long LowAt => After(HighAt, HalfBytes);

    public long BoundsAt => After(LowAt, HalfBytes);

    public long BoundBytes => (long)Blocks * QuantisedRows.BoundsOfBlock * sizeof(float);

    public long IdsAt => After(BoundsAt, BoundBytes);

    public long IdBytes => Lists == 0 ? 0 : (long)Blocks * QuantisedRows.BlockRows * sizeof(int);

    public long StartsAt => After(IdsAt, IdBytes);

    public long StartBytes => Lists == 0 ? 0 : (Lists + 1L) * sizeof(int);

    public long CentresAt => After(StartsAt, StartBytes);

    public long CentreBytes => (long)Lists * Stride * sizeof(float);

    public long NamesAt => After(CentresAt, CentreBytes);

    public long FileBytes => NamesAt + NameBytes;

    public byte[] ToPage()
    {
        var page = new byte[Page];
        BinaryPrimitives.WriteUInt64LittleEndian(page, Magic);
        ReadOnlySpan<int> numbers = [Width, Count, Blocks, Lists, Probes, BitConverter.SingleToInt32Bits(Scale), NameBytes];
        for (var i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(page.AsSpan(8 + i * 4), numbers[i]);
        SHA256.HashData(page.AsSpan(0, Signed), page.AsSpan(Signed));
        return page;
    }

    /// <summary>Null with the reason when it is not such a page.</summary>
    public static VectorFileHeader? Read(ReadOnlySpan<byte> page, out string? fault)
    {
        fault = null;
        if (page.Length < Page || BinaryPrimitives.ReadUInt64LittleEndian(page) != Magic)
        {
            fault = page.Length < Page ? $"has {page.Length} bytes, less than its first page" : "is not a vector index of this format";
            return null;
        }

        if (!SHA256.HashData(page[..Signed]).AsSpan().SequenceEqual(page.Slice(Signed, SHA256.HashSizeInBytes)))
        {
            fault = "has a damaged first page";
            return null;
        }

        var at = page[8..];
        return new VectorFileHeader(
            BinaryPrimitives.ReadInt32LittleEndian(at), BinaryPrimitives.ReadInt32LittleEndian(at[4..]), BinaryPrimitives.ReadInt32LittleEndian(at[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(at[12..]), BinaryPrimitives.ReadInt32LittleEndian(at[16..]), BinaryPrimitives.ReadSingleLittleEndian(at[20..]),
            BinaryPrimitives.ReadInt32LittleEndian(at[24..]));
    }

    private static long After(long offset, long bytes) => (offset + bytes + Page - 1) / Page * Page;
}
