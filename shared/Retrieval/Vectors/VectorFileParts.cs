using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Splitrail.Models;

namespace Splitrail.Retrieval.Vectors;

/// <summary>The parts of an open index file. What a scan uses as an address is checked, so that a damaged file is refused instead of read beyond its end.</summary>
internal sealed unsafe class VectorFileParts
{
    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly VectorFileHeader _header;

    /// <exception cref="ModelException">The first page says what cannot be.</exception>
    public VectorFileParts(string path, SafeFileHandle file, VectorFileHeader header)
    {
        (_path, _file, _header) = (path, file, header);
        var slots = (long)header.Blocks * QuantisedRows.BlockRows;
        Check(header.Width is > 0 and <= FloatRows.MaxWidth && header.Count >= 0, $"says it has {header.Count} rows of {header.Width}");
        Check(slots >= header.Count && slots <= int.MaxValue, $"has {header.Blocks} blocks for {header.Count} rows");
        Check(header.NameBytes >= 0 && header.Lists >= 0 && header.Probes >= 0 && header.Probes <= header.Lists, $"looks at {header.Probes} of {header.Lists} lists");
        Check(float.IsFinite(header.Scale) && header.Scale > 0, $"has the scale {header.Scale}");
    }

    /// <summary>The floats, where they are.</summary>
    public VectorBuffer<float> Map()
    {
        var mapped = new MappedFile(_file);
        return new VectorBuffer<float>((float*)(mapped.Pointer + VectorFileHeader.FloatsAt), _header.FloatBytes / sizeof(float), mapped);
    }

    public VectorBuffer<T> Read<T>(long at, long bytes) where T : unmanaged
    {
        const int Chunk = 1 << 20;
        var values = new VectorBuffer<T>(bytes / sizeof(T));
        for (var from = 0L; from < values.Length; from += Chunk)
        {
            var target = MemoryMarshal.AsBytes(values.Slice(from, (int)Math.Min(Chunk, values.Length - from)));
            for (var done = 0; done < target.Length;)
            {
                var read = RandomAccess.Read(_file, target[done..], at + from * sizeof(T) + done);
                Check(read > 0, "ends too early");
                done += read;
            }
        }

        return values;
    }

    public VectorBuffer<float> Bounds()
    {
        var bounds = Read<float>(_header.BoundsAt, _header.BoundBytes);
        for (var i = 0L; i < bounds.Length; i++)
            Check(float.IsFinite(bounds.Pointer[i]) && bounds.Pointer[i] >= 0, $"has the bound {bounds.Pointer[i]}");
        return bounds;
    }

    /// <summary>Every row in one slot.</summary>
    public VectorBuffer<int> Slots()
    {
        var slots = Read<int>(_header.IdsAt, _header.IdBytes);
        var seen = new ItemBitmap(_header.Count);
        var rows = 0;
        for (var slot = 0L; slot < slots.Length; slot++)
        {
            var row = slots.Pointer[slot];
            if (row == -1)
                continue;
            Check(row >= 0 && row < _header.Count && !seen[row], $"has row {row} in slot {slot}");
            seen[row] = true;
            rows++;
        }

        Check(rows == _header.Count, $"has {rows} of {_header.Count} rows in its lists");
        return slots;
    }

    public VectorBuffer<int> Starts()
    {
        var starts = Read<int>(_header.StartsAt, _header.StartBytes);
        Check(starts.Pointer[0] == 0 && starts.Pointer[_header.Lists] == _header.Blocks, "has lists that are not its blocks");
        for (var list = 0; list < _header.Lists; list++)
            Check(starts.Pointer[list] <= starts.Pointer[list + 1], $"has list {list} end before it begins");
        return starts;
    }

    public ItemIndex Names()
    {
        var bytes = Read<byte>(_header.NamesAt, _header.NameBytes);
        var names = VectorFileNames.Read(bytes.Slice(0, _header.NameBytes), _header.Count);
        Check(names is not null, $"does not name each of its {_header.Count} rows once");
        return names!;
    }

    private void Check(bool holds, string fault)
    {
        if (!holds)
            throw new ModelException($"The vector index '{_path}' {fault}.");
    }
}
