using System.IO.Compression;
using System.Text;
using Splitrail.Trainer.Terminal;

namespace Splitrail.Trainer.Import.Tables;

/// <summary>A file of the source, plain or gzip (told by its first bytes, not by its name), UTF-8 with single bytes of Latin-1 tolerated.</summary>
internal sealed class SourceFile(string path)
{
    private static readonly Encoding Utf8OrLatin1 = Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new Latin1Fallback());

    public string Path { get; } = path;

    public string Name => System.IO.Path.GetFileName(Path);

    /// <exception cref="InputException">The file cannot be opened.</exception>
    public TextReader OpenText(IWorkStep step)
    {
        try
        {
            var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
            Stream content = new MeteredStream(file, step);
            if (IsGzip(file)) content = new GZipStream(content, CompressionMode.Decompress);
            return new StreamReader(content, Utf8OrLatin1, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{Path} cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>The first line, empty when there is none.</summary>
    public string FirstLine()
    {
        using var step = SilentWorkLog.Instance.Step(Name);
        using var text = OpenText(step);
        try
        {
            return text.ReadLine() ?? "";
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new InputException($"{Path} cannot be read: {e.Message}; is the file cut or damaged?", e);
        }
    }

    private static bool IsGzip(FileStream file)
    {
        var gzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return gzip;
    }
}
