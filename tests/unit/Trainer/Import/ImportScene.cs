using System.IO.Compression;
using System.Text;
using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Tests.Unit.Datasets;
using Splitrail.Trainer.Import;
using Splitrail.Trainer.Terminal;

namespace Splitrail.Tests.Unit.Trainer.Import;

/// <summary>Writes source files, imports them and reads the dataset back.</summary>
internal sealed class ImportScene : IDisposable
{
    public const string NowText = "2026-03-10T12:00:00Z";

    private readonly TemporaryFolder _folder = new();
    private readonly string _source;

    public ImportScene() => _source = Directory.CreateDirectory(_folder["source"]).FullName;

    public string Source => _source;

    public ImportResult? Result { get; private set; }

    public List<EventRow> Events => [.. Dataset.ReadEvents()];

    public Dictionary<string, CatalogItem> Items => Dataset.ReadItems().ToDictionary(item => item.ItemId);

    public IReadOnlyList<string> BadRows => [.. Result!.Ledger.BadRows.Select(row => $"{row.Line}: {row.Reason}")];

    private DatasetFolder Dataset => DatasetFolder.Open(_folder["out"]);

    public static long Ms(string time) => DateTimeOffset.Parse(time).ToUnixTimeMilliseconds();

    public ImportScene With(string name, string content) => With(name, Encoding.UTF8.GetBytes(content));

    public ImportScene With(string name, byte[] content)
    {
        File.WriteAllBytes(Path.Combine(_source, name), content);
        return this;
    }

    public static byte[] Gzip(string content)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(content));
        return memory.ToArray();
    }

    public ImportScene Import(string format, string? data = null, bool shift = false, params string[] map)
    {
        var request = new ImportRequest(data ?? _source, format, _folder["out"], ColumnMap.Parse(map), shift);
        Result = new Importer(new FixedTime(DateTimeOffset.Parse(NowText)), SilentWorkLog.Instance).Import(request);
        return this;
    }

    public bool WroteSomething => Directory.Exists(_folder["out"]);

    public void Dispose() => _folder.Dispose();

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
