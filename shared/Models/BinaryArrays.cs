using System.Runtime.InteropServices;

namespace Splitrail.Models;

/// <summary>Files of arrays: a magic word, a format number, then length-prefixed little-endian arrays in a fixed order.</summary>
internal sealed class BinaryArrays : IDisposable
{
    private const int Magic = 0x314C5053; // "SPL1"
    private readonly Stream _stream;
    private readonly string _path;

    private BinaryArrays(Stream stream, string path) => (_stream, _path) = (stream, path);

    public static BinaryArrays Create(string path, int format)
    {
        var file = new BinaryArrays(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16), path);
        file.Write<int>([Magic, format]);
        return file;
    }

    public static BinaryArrays Open(string path, int format)
    {
        var file = new BinaryArrays(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16), path);
        var head = file.Read<int>();
        if (head is [Magic, var found] && found == format)
            return file;
        file.Dispose();
        throw new ModelException($"'{path}' is not a model file of format {format}.");
    }

    public void Write<T>(ReadOnlySpan<T> values) where T : unmanaged
    {
        Span<long> length = [values.Length];
        _stream.Write(MemoryMarshal.AsBytes(length));
        // Chunked: the bytes of one large array can exceed what a span of bytes can hold.
        const int Chunk = 1 << 20;
        for (var at = 0; at < values.Length; at += Chunk)
            _stream.Write(MemoryMarshal.AsBytes(values.Slice(at, Math.Min(Chunk, values.Length - at))));
    }

    public T[] Read<T>() where T : unmanaged
    {
        Span<long> length = [0];
        ReadExactly(MemoryMarshal.AsBytes(length));
        if (length[0] < 0 || length[0] > Array.MaxLength)
            throw new ModelException($"'{_path}' says that an array has {length[0]} elements.");
        var values = GC.AllocateUninitializedArray<T>((int)length[0]);
        const int Chunk = 1 << 20;
        for (var at = 0; at < values.Length; at += Chunk)
            ReadExactly(MemoryMarshal.AsBytes(values.AsSpan(at, Math.Min(Chunk, values.Length - at))));
        return values;
    }

    public void WriteStrings(IReadOnlyList<string> values)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        foreach (var value in values)
            writer.Write(value);
        writer.Flush();
        Write<int>([values.Count]);
        Write<byte>(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    public string[] ReadStrings()
    {
        var values = new string[Read<int>()[0]];
        using var reader = new BinaryReader(new MemoryStream(Read<byte>()));
        for (var i = 0; i < values.Length; i++)
            values[i] = reader.ReadString();
        return values;
    }

    public void Dispose() => _stream.Dispose();

    private void ReadExactly(Span<byte> target)
    {
        try
        {
            _stream.ReadExactly(target);
        }
        catch (EndOfStreamException cut)
        {
            throw new ModelException($"'{_path}' ends too early.", cut);
        }
    }
}
