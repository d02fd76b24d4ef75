using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Splitrail.Feeds;

/// <summary>
/// The last version of a feed on disk, so that a service which restarts while the feed's owner is away works on (static stability).
/// Written to a temporary name and renamed: a kill leaves the old file or the new one, never half of one.
/// </summary>
internal sealed class DiskCopy<T>(string? directory, string name, JsonTypeInfo<T> json)
    where T : class
{
    private readonly string? _path = directory is null ? null : Path.Combine(directory, $"{name}.json");

    /// <returns>Null when there is none.</returns>
    /// <exception cref="JsonException">The file is not what was written.</exception>
    public T? Read()
    {
        if (_path is null || !File.Exists(_path))
            return null;
        using var stream = File.OpenRead(_path);
        return JsonSerializer.Deserialize(stream, json);
    }

    public void Write(T value)
    {
        if (_path is null)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var temporary = $"{_path}.{Environment.ProcessId}.tmp";
        using (var stream = File.Create(temporary))
            JsonSerializer.Serialize(stream, value, json);
        File.Move(temporary, _path, overwrite: true);
    }
}
