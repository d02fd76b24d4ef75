using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;

namespace Splitrail.Retrieval.Embeddings;

/// <summary>
/// A two-dimensional array of NumPy's .npy format, versions 1 to 3, in C order, little-endian floats of 2, 4 or 8 bytes; read row by row. The
/// file's length has to be what its header says.
/// </summary>
internal sealed partial class NpyMatrix : IDisposable
{
    private static readonly byte[] s_magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];
    private readonly FileStream _stream;
    private readonly string _path;
    private readonly int _numberBytes;
    private readonly byte[] _row;

    private NpyMatrix(FileStream stream, string path, int rows, int width, int numberBytes)
    {
        (_stream, _path, Rows, Width, _numberBytes) = (stream, path, rows, width, numberBytes);
        _row = new byte[width * numberBytes];
    }

    public int Rows { get; }

    public int Width { get; }

    /// <exception cref="EmbeddingException">The file is not such an array; the message says why.</exception>
    public static NpyMatrix Open(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
        try
        {
            return Begin(stream, path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The next row.</summary>
    public float[] ReadRow()
    {
        Fill(_stream, _row, _path);
        var row = new float[Width];
        for (var d = 0; d < row.Length; d++)
        {
            var bytes = _row.AsSpan(d * _numberBytes);
            row[d] = _numberBytes switch
            {
                2 => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes),
                4 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
                _ => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            };
        }

        return row;
    }

    public void Dispose() => _stream.Dispose();

    private static NpyMatrix Begin(FileStream stream, string path)
    {
        var start = new byte[8];
        Fill(stream, start, path);
        if (!start.AsSpan(0, 6).SequenceEqual(s_magic) || start[6] is < 1 or > 3)
            throw new EmbeddingException($"'{path}' is not an array of NumPy's .npy format, versions 1 to 3.");
        var header = ReadHeader(stream, path, start[6] == 1 ? 2 : 4);
        var match = Header().Match(header);
        var type = Type().Match(header);
        if (!match.Success || !type.Success || header.Contains("'fortran_order': True", StringComparison.Ordinal))
            throw new EmbeddingException($"'{path}' is {header.Trim()}: rows x numbers of '<f2', '<f4' or '<f8' in C order can be read.");
        if (!int.TryParse(match.Groups[1].Value, out var rows) || !int.TryParse(match.Groups[2].Value, out var width) || width is < 1 or > Vectors.FloatRows.MaxWidth)
            throw new EmbeddingException($"'{path}' is {match.Groups[1].Value} x {match.Groups[2].Value}: vectors have 1 to {Vectors.FloatRows.MaxWidth} numbers.");
        var numberBytes = type.Groups[1].Value[0] - '0';
        var expected = stream.Position + (long)rows * width * numberBytes;
        if (stream.Length != expected)
            throw new EmbeddingException($"'{path}' has {stream.Length} bytes, its header says {expected}: {(stream.Length < expected ? "it was cut" : "something was added")}.");
        return new NpyMatrix(stream, path, rows, width, numberBytes);
    }

    private static string ReadHeader(FileStream stream, string path, int lengthBytes)
    {
        var length = new byte[4];
        Fill(stream, length.AsSpan(0, lengthBytes), path);
        var bytes = BinaryPrimitives.ReadUInt32LittleEndian(length);
        if (bytes > 1 << 16)
            throw new EmbeddingException($"'{path}' says that its header has {bytes} bytes.");
        var header = new byte[bytes];
        Fill(stream, header, path);
        return Encoding.UTF8.GetString(header);
    }

    private static void Fill(FileStream stream, Span<byte> target, string path)
    {
        if (stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) < target.Length)
            throw new EmbeddingException($"'{path}' ends too early, at {stream.Length} bytes.");
    }

    [GeneratedRegex(@"'shape':\s*\(\s*(\d+)\s*,\s*(\d+)\s*,?\s*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Header();

    [GeneratedRegex(@"'descr':\s*'<f([248])'", RegexOptions.CultureInvariant)]
    private static partial Regex Type();
}
