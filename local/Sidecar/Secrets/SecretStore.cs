using System.Text.Json;
using Splitrail.Local.Sidecar.Resources;

namespace Splitrail.Local.Sidecar.Secrets;

/// <summary>A secret component: <c>secretstores.local.file</c> (nested objects are joined by <c>nestedSeparator</c>) or <c>secretstores.local.env</c>.</summary>
internal sealed class SecretStore(ComponentSpec component, string? resourcesPath)
{
    public string Name => component.Name;

    /// <summary>Read when asked: secrets are not kept in memory.</summary>
    public SortedDictionary<string, string> Read()
    {
        SortedDictionary<string, string> secrets = new(StringComparer.Ordinal);
        if (component.Type == "secretstores.local.env")
        {
            var prefix = component["prefix"] ?? "";
            foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
            {
                if (variable.Key is string name && name.StartsWith(prefix, StringComparison.Ordinal))
                    secrets[name[prefix.Length..]] = variable.Value as string ?? "";
            }

            return secrets;
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(resourcesPath ?? ".", component["secretsFile"] ?? "secrets.json")));
        Flatten(document.RootElement, "", component["nestedSeparator"] ?? ":", secrets);
        return secrets;
    }

    private static void Flatten(JsonElement element, string path, string separator, SortedDictionary<string, string> secrets)
    {
        foreach (var member in element.EnumerateObject())
        {
            var name = path.Length == 0 ? member.Name : path + separator + member.Name;
            if (member.Value.ValueKind == JsonValueKind.Object)
                Flatten(member.Value, name, separator, secrets);
            else
                secrets[name] = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText();
        }
    }
}
