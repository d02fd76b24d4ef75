using System.Text.Json;
using Splitrail.Contracts;

namespace Splitrail.Datasets;

/// <summary>A dataset on disk. Reading streams: items and events are not held in memory.</summary>
public sealed class DatasetFolder
{
    private DatasetFolder(string path, DatasetManifest manifest) => (Path, Manifest) = (path, manifest);

    public string Path { get; }

    public DatasetManifest Manifest { get; }

    /// <summary>True when the folder holds a dataset's manifest; says nothing of its health.</summary>
    public static bool Exists(string path) => File.Exists(System.IO.Path.Combine(path, DatasetFiles.Manifest));

    /// <exception cref="DatasetException">There is no dataset there, or a part of it is missing or unreadable.</exception>
    public static DatasetFolder Open(string path)
    {
        var manifest = ReadManifest(System.IO.Path.Combine(path, DatasetFiles.Manifest));
        foreach (var file in (string[])[DatasetFiles.Items, DatasetFiles.Events])
        {
            if (!File.Exists(System.IO.Path.Combine(path, file))) throw new DatasetException($"dataset {path} has no {file}: import it again");
        }
        return new DatasetFolder(path, manifest);
    }

    /// <summary>The catalogue, in the order of the file.</summary>
    /// <exception cref="DatasetException">A line is damaged, or there are not as many as the manifest says.</exception>
    public IEnumerable<CatalogItem> ReadItems()
    {
        var file = System.IO.Path.Combine(Path, DatasetFiles.Items);
        var count = 0;
        foreach (var line in File.ReadLines(file))
        {
            yield return ParseItem(line, file, ++count);
        }
        CheckCount(file, count, Manifest.Items);
    }

    /// <summary>All events by time. Ids that repeat are the same string object.</summary>
    /// <exception cref="DatasetException">A line is damaged, or there are not as many as the manifest says.</exception>
    public IEnumerable<EventRow> ReadEvents()
    {
        var path = System.IO.Path.Combine(Path, DatasetFiles.Events);
        using var file = new EventFile(path);
        file.ReadHeader();
        var count = 0L;
        while (file.TryRead(out var row))
        {
            count++;
            yield return row;
        }
        CheckCount(path, count, Manifest.Events);
    }

    private static DatasetManifest ReadManifest(string path)
    {
        if (!File.Exists(path)) throw new DatasetException($"no dataset: {path} is missing; make one with 'trainer import' or 'trainer demo'");
        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize(file, DatasetJson.Default.DatasetManifest) ?? throw new DatasetException($"{path} holds no manifest");
        }
        catch (JsonException e)
        {
            throw new DatasetException($"{path} is damaged: {e.Message}; import the data again", e);
        }
    }

    private static CatalogItem ParseItem(string line, string file, int number)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ContractsJson.Default.CatalogItem) ?? throw new DatasetException($"{file} line {number} holds no item");
        }
        catch (JsonException e)
        {
            throw new DatasetException($"{file} line {number} is damaged: {e.Message}; import the data again", e);
        }
    }

    private static void CheckCount(string file, long found, long expected)
    {
        if (found != expected) throw new DatasetException($"{file} has {found} rows where the manifest says {expected}: import the data again");
    }
}
