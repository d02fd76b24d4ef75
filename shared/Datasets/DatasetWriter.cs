using System.Security.Cryptography;
using System.Text.Json;
using Splitrail.Contracts;

namespace Splitrail.Datasets;

/// <summary>
/// Gathers a catalogue and its events, then writes the folder in one go: beside its place first, renamed when complete, so that a crash leaves
/// the old dataset or none, never half of one. Events may come in any order.
/// </summary>
/// <param name="name">Shown to people.</param>
/// <param name="format">The importer's name.</param>
public sealed class DatasetWriter(string name, string format)
{
    private readonly OrderedDictionary<string, CatalogItem> _items = new(StringComparer.Ordinal);
    private readonly EventColumns _events = new();

    public int Items => _items.Count;

    public int Events => _events.Count;

    /// <summary>The latest time added; null before the first event.</summary>
    public long? LastEventMs => _events.Count == 0 ? null : _events.LastEventMs;

    /// <exception cref="ArgumentException">The id cannot be written, or was added before.</exception>
    public void Add(CatalogItem item)
    {
        if (DatasetIds.FaultOf(item.ItemId) is { } fault) throw new ArgumentException($"item id '{item.ItemId}' {fault}");
        if (!_items.TryAdd(item.ItemId, item)) throw new ArgumentException($"item '{item.ItemId}' was added before");
    }

    /// <exception cref="ArgumentException">An id or the type cannot be written, or both user and session are missing.</exception>
    public void Add(in EventRow row) => _events.Add(row);

    /// <summary>Writes everything added. A dataset that lies at <paramref name="folder"/> is replaced.</summary>
    /// <param name="folder">Where the dataset shall lie.</param>
    /// <param name="timeShiftMs">Added to every time, and noted in the manifest.</param>
    /// <param name="written">Told the number of events written, now and then.</param>
    /// <exception cref="InvalidOperationException">There is no event, or an event names an item that was not added.</exception>
    /// <exception cref="DatasetException">The folder holds something that is not a dataset.</exception>
    public DatasetManifest Write(string folder, long timeShiftMs = 0, IProgress<long>? written = null)
    {
        CheckComplete();
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        RefuseForeignFolder(target);
        var partial = target + ".partial";
        if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
        Directory.CreateDirectory(partial);
        var manifest = WriteFiles(partial, timeShiftMs, written);
        Publish(partial, target);
        return manifest;
    }

    private void CheckComplete()
    {
        if (_events.Count == 0) throw new InvalidOperationException("a dataset needs at least one event");
        for (var i = 0; i < _events.Items.Count; i++)
        {
            var item = _events.Items[i];
            if (!_items.ContainsKey(item)) throw new InvalidOperationException($"events name the item '{item}', which is not in the catalogue");
        }
    }

    private static void RefuseForeignFolder(string target)
    {
        if (File.Exists(target)) throw new DatasetException($"{target} is a file: name a folder");
        if (!Directory.Exists(target) || DatasetFolder.Exists(target) || !Directory.EnumerateFileSystemEntries(target).Any()) return;
        throw new DatasetException($"{target} holds other files and would be replaced: name an empty or new folder");
    }

    private DatasetManifest WriteFiles(string folder, long shift, IProgress<long>? written)
    {
        using var fingerprint = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        WriteItems(Path.Combine(folder, DatasetFiles.Items), fingerprint);
        var (first, last) = WriteEvents(Path.Combine(folder, DatasetFiles.Events), fingerprint, shift, written);
        var manifest = new DatasetManifest(
            name, format, Convert.ToHexStringLower(fingerprint.GetHashAndReset()),
            _items.Count, _events.Count, _events.Users, _events.GuestSessions, first, last, shift);
        File.WriteAllBytes(Path.Combine(folder, DatasetFiles.Manifest), JsonSerializer.SerializeToUtf8Bytes(manifest, DatasetJson.Default.DatasetManifest));
        return manifest;
    }

    private void WriteItems(string path, IncrementalHash fingerprint)
    {
        using var file = new FingerprintedFile(path, fingerprint);
        foreach (var item in _items.Values)
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(item, ContractsJson.Default.CatalogItem));
            file.Write("\n"u8);
        }
        file.Complete();
    }

    private (long First, long Last) WriteEvents(string path, IncrementalHash fingerprint, long shift, IProgress<long>? written)
    {
        const int Step = 50_000;
        using var file = new FingerprintedFile(path, fingerprint);
        file.Write(DatasetFiles.EventsHeader);
        var line = new byte[EventLine.MaxBytes];
        var (first, last, count) = (long.MaxValue, long.MinValue, 0L);
        foreach (var row in _events.InOrder())
        {
            var shifted = row with { TimestampMs = row.TimestampMs + shift };
            file.Write(line.AsSpan(0, EventLine.Format(shifted, line)));
            (first, last) = (Math.Min(first, shifted.TimestampMs), shifted.TimestampMs);
            if (++count % Step == 0) written?.Report(count);
        }
        file.Complete();
        written?.Report(count);
        return (first, last);
    }

    private static void Publish(string partial, string target)
    {
        var old = target + ".old";
        if (Directory.Exists(old)) Directory.Delete(old, recursive: true);
        if (Directory.Exists(target)) Directory.Move(target, old);
        Directory.Move(partial, target);
        if (Directory.Exists(old)) Directory.Delete(old, recursive: true);
    }
}
