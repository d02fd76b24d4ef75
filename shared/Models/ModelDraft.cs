using System.Text.Json;

namespace Splitrail.Models;

/// <summary>A version being written. Disposing without <see cref="Commit"/> leaves no trace.</summary>
public sealed class ModelDraft : IDisposable
{
    private readonly ModelStore _store;

    internal ModelDraft(ModelStore store, string version)
    {
        _store = store;
        Version = version;
        Folder = Path.Combine(store.Folder, $"{ModelStore.DraftPrefix}{version}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Folder);
    }

    public string Version { get; }

    /// <summary>Files of the version go here.</summary>
    public string Folder { get; }

    /// <summary>
    /// Hashes all files, writes the manifest with them and makes the version visible under its name. All of it is on the disk before the rename, so that a version whose name is there is whole, also after a
    /// loss of power; should a disk lie about it, the hashes tell.
    /// </summary>
    /// <param name="manifest">Its version and files are replaced by this draft's.</param>
    public ModelManifest Commit(ModelManifest manifest)
    {
        var files = Directory.EnumerateFiles(Folder).Order(StringComparer.Ordinal).Select(ModelStore.Describe).ToArray();
        var complete = manifest with { Version = Version, Files = files };
        File.WriteAllBytes(Path.Combine(Folder, ModelStore.ManifestName), JsonSerializer.SerializeToUtf8Bytes(complete, ModelJson.Default.ModelManifest));
        foreach (var path in Directory.EnumerateFiles(Folder))
        {
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
            RandomAccess.FlushToDisk(handle);
        }

        Directory.Move(Folder, Path.Combine(_store.Folder, Version));
        return complete;
    }

    public void Dispose()
    {
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }
}
