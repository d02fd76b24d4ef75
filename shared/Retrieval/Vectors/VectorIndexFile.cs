using System.Runtime.InteropServices;
using Splitrail.Models;

namespace Splitrail.Retrieval.Vectors;

/// <summary>
/// An index as a file. Opened, its floats stay in the file, mapped; what a search goes through all the time is read into memory. An index that
/// was opened answers as the one that was written, to the bit.
/// </summary>
public static unsafe class VectorIndexFile
{
    /// <summary>Writes the index beside <paramref name="path"/> and puts it there by one rename, so that a reader sees the old file or the new one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="index">What goes into it.</param>
    /// <param name="names">The items whose vectors the rows are, or null.</param>
    public static void Write(string path, IVectorIndex index, ItemIndex? names = null)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20))
            {
                Write(stream, index, names is null ? [] : VectorFileNames.ToBytes(names));
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <param name="path">A file that <see cref="Write(string, IVectorIndex, ItemIndex?)"/> made.</param>
    /// <param name="instructions">Instructions; null takes the fastest.</param>
    /// <exception cref="ModelException">The file is missing, cut, damaged or of another format; the message has path and reason.</exception>
    public static IVectorIndex Open(string path, VectorPath? instructions = null) => OpenNamed(path, instructions).Index;

    /// <summary>The same with the items whose vectors the rows are, null when the file does not say.</summary>
    /// <exception cref="ModelException">As <see cref="Open"/>.</exception>
    public static (IVectorIndex Index, ItemIndex? Names) OpenNamed(string path, VectorPath? instructions = null)
    {
        if (!File.Exists(path))
            throw new ModelException($"The vector index '{path}' is not there.");
        using var file = File.OpenHandle(path);
        var page = new byte[VectorFileHeader.Page];
        var read = RandomAccess.Read(file, page, 0);
        if (VectorFileHeader.Read(page.AsSpan(0, read), out var fault) is not { } header)
            throw new ModelException($"'{path}' {fault}.");
        var length = RandomAccess.GetLength(file);
        if (length != header.FileBytes)
            throw new ModelException($"'{path}' has {length} bytes, its first page says {header.FileBytes}: {(length < header.FileBytes ? "it was cut" : "something was added")}.");
        var parts = new VectorFileParts(path, file, header);
        var rows = new FloatRows(parts.Map(), header.Count, header.Width);
        var quantised = new QuantisedRows(
            header.Stride, header.Scale, parts.Read<byte>(header.HighAt, header.HalfBytes), parts.Read<byte>(header.LowAt, header.HalfBytes),
            parts.Bounds(), header.Lists == 0 ? null : parts.Slots());
        var names = header.NameBytes == 0 ? null : parts.Names();
        var best = instructions ?? VectorPaths.Best;
        if (header.Lists == 0)
            return (new ExactVectorIndex(rows, quantised, best), names);
        var centres = new FloatRows(parts.Read<float>(header.CentresAt, header.CentreBytes), header.Lists, header.Width);
        return (new IvfVectorIndex(rows, new CentreTable(centres, 1), quantised, parts.Starts(), header.Probes, best), names);
    }

    private static void Write(FileStream stream, IVectorIndex index, byte[] names)
    {
        var ivf = index as IvfVectorIndex;
        var quantised = ivf?.Quantised ?? ((ExactVectorIndex)index).Quantised;
        var header = new VectorFileHeader(index.Rows.Width, index.Rows.Count, quantised.Blocks, ivf?.Lists ?? 0, ivf?.Probes ?? 0, quantised.Scale, names.Length);
        stream.Write(header.ToPage());
        Put(stream, VectorFileHeader.FloatsAt, index.Rows.Values);
        Put(stream, header.HighAt, quantised.High);
        Put(stream, header.LowAt, quantised.Low);
        Put(stream, header.BoundsAt, quantised.Bounds);
        if (ivf is not null)
        {
            Put(stream, header.IdsAt, quantised.Ids!);
            Put(stream, header.StartsAt, ivf.Starts);
            Put(stream, header.CentresAt, ivf.Centres.Centres.Values);
        }

        stream.SetLength(header.NamesAt);
        stream.Position = header.NamesAt;
        stream.Write(names);
        GC.KeepAlive(index);
    }

    private static void Put<T>(FileStream stream, long at, VectorBuffer<T> values) where T : unmanaged
    {
        const int Chunk = 1 << 20;
        stream.Position = at;
        for (var from = 0L; from < values.Length; from += Chunk)
            stream.Write(MemoryMarshal.AsBytes(values.Slice(from, (int)Math.Min(Chunk, values.Length - from))));
    }
}
