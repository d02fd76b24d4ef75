using System.Text.Json;
using Splitrail.Local.Sidecar.Resources;

namespace Splitrail.Local.Sidecar.Configurations;

/// <param name="Value">The value.</param>
/// <param name="Version">What stood behind <c>||</c>; empty when nothing did.</param>
internal readonly record struct ConfigurationItem(string Value, string Version);

/// <summary>A configuration component on a file: one JSON object, <c>"key": "value"</c> or <c>"key": "value||version"</c> as Redis's component writes it.</summary>
internal sealed partial class ConfigurationStore(ComponentSpec component, string? resourcesPath, ILogger logger)
{
    private readonly string _file = Path.GetFullPath(Path.Combine(resourcesPath ?? ".", component["file"] ?? component.Name + ".json"));
    private (DateTime Written, long Length) _read;

    public string Name => component.Name;

    public IReadOnlyDictionary<string, ConfigurationItem> Items { get; private set; } = new SortedDictionary<string, ConfigurationItem>(StringComparer.Ordinal);

    /// <summary>Reads the file when it has changed; a file that cannot be read keeps the last values. Not for two threads at once.</summary>
    /// <returns>Keys that were set, changed or removed.</returns>
    public IReadOnlyList<string> Refresh()
    {
        var file = new FileInfo(_file);
        var stamp = file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
        if (stamp == _read)
            return [];
        _read = stamp;
        if (Read(file) is not { } items)
            return [];
        var before = Items;
        Items = items;
        return [.. items.Where(pair => !before.TryGetValue(pair.Key, out var old) || old != pair.Value).Select(pair => pair.Key), .. before.Keys.Where(key => !items.ContainsKey(key))];
    }

    private SortedDictionary<string, ConfigurationItem>? Read(FileInfo file)
    {
        SortedDictionary<string, ConfigurationItem> items = new(StringComparer.Ordinal);
        if (!file.Exists)
            return items;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file.FullName));
            foreach (var member in document.RootElement.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.String))
            {
                var parts = member.Value.GetString()!.Split("||", 2);
                items[member.Name] = new ConfigurationItem(parts[0], parts.Length > 1 ? parts[1] : "");
            }

            return items;
        }
        catch (Exception fault) when (fault is JsonException or IOException or InvalidOperationException)
        {
            LogUnreadable(logger, file.FullName, fault.Message);
            return null;
        }
    }

    [LoggerMessage(3401, LogLevel.Warning, "The configuration file {File} cannot be read, the last values stay: {Fault}")]
    private static partial void LogUnreadable(ILogger logger, string file, string fault);
}
