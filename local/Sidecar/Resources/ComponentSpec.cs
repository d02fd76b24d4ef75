using System.Collections.Frozen;

namespace Splitrail.Local.Sidecar.Resources;

/// <summary>A <c>Component</c> file, as far as it is for this app.</summary>
/// <param name="Name">Its name in API paths.</param>
/// <param name="Type">For example <c>state.embedded</c>.</param>
/// <param name="Version">For example <c>v1</c>.</param>
/// <param name="Metadata">Values by name; names are compared without case, as the component libraries do.</param>
/// <param name="Source">File and line, for messages.</param>
internal sealed record ComponentSpec(string Name, string Type, string Version, FrozenDictionary<string, string> Metadata, string Source)
{
    public string? this[string name] => Metadata.GetValueOrDefault(name);

    public IReadOnlyList<string> List(string name) =>
        this[name]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    public static ComponentSpec Read(YamlMap document, string name)
    {
        var spec = document.Map("spec");
        Dictionary<string, string> metadata = new(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in spec.List("metadata"))
        {
            if (entry.Has("secretKeyRef") || entry.Has("envRef"))
                entry.Fault(null, "values by secretKeyRef or envRef are for a cluster; the embedded sidecar needs a plain 'value'.");
            else if (!metadata.TryAdd(entry.Required("name"), entry.Text("value") ?? ""))
                entry.Fault("name", $"'{entry.Text("name")}' is given twice.");
        }

        return new ComponentSpec(
            name, spec.Required("type"), spec.Text("version") ?? "v1", metadata.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase), $"{document.File}:{document.Line}");
    }
}
