using System.Text.Json;
using Splitrail.Contracts;

namespace Splitrail.Gateway.PopularList;

/// <summary>The popular list on disk, written to a temporary name and renamed: a kill leaves the old list or the new one.</summary>
internal sealed class PopularFile(string? directory)
{
    private readonly string? _path = directory is null ? null : Path.Combine(directory, "popular.json");

    /// <returns>Null when there is none.</returns>
    /// <exception cref="JsonException">The file is not what was written.</exception>
    public ScoredItemsResponse? Read()
    {
        if (_path is null || !File.Exists(_path))
            return null;
        using var stream = File.OpenRead(_path);
        return JsonSerializer.Deserialize(stream, ContractsJson.Default.ScoredItemsResponse);
    }

    public void Write(ScoredItemsResponse list)
    {
        if (_path is null)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var temporary = $"{_path}.{Environment.ProcessId}.tmp";
        using (var stream = File.Create(temporary))
            JsonSerializer.Serialize(stream, list, ContractsJson.Default.ScoredItemsResponse);
        File.Move(temporary, _path, overwrite: true);
    }
}
