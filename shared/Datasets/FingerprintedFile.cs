using System.Security.Cryptography;

namespace Splitrail.Datasets;

/// <summary>A file written through one buffer, every byte of it mixed into the dataset's fingerprint on the way.</summary>
internal sealed class FingerprintedFile(string path, IncrementalHash fingerprint) : IDisposable
{
    private readonly FileStream _file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
    private readonly byte[] _buffer = new byte[1 << 20];
    private int _used;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - _used) Flush();
        if (bytes.Length > _buffer.Length)
        {
            fingerprint.AppendData(bytes);
            _file.Write(bytes);
            return;
        }
        bytes.CopyTo(_buffer.AsSpan(_used));
        _used += bytes.Length;
    }

    /// <summary>Makes the content last: after this a rename of the folder publishes whole files only.</summary>
    public void Complete()
    {
        Flush();
        _file.Flush(flushToDisk: true);
    }

    public void Dispose() => _file.Dispose();

    private void Flush()
    {
        fingerprint.AppendData(_buffer, 0, _used);
        _file.Write(_buffer, 0, _used);
        _used = 0;
    }
}
