using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Splitrail.Tests.Unit.Charts;

/// <summary>Reading YAML in tests.</summary>
internal static class Yaml
{
    public static IEnumerable<YamlNode> Documents(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents.Select(static document => document.RootNode).Where(static root => root is YamlMappingNode);
    }

    /// <summary>The node at a path such as <c>spec.template</c>; null when there is none. A part with dots stands in quotation marks.</summary>
    public static YamlNode? At(this YamlNode node, string path)
    {
        YamlNode? here = node;
        foreach (Match part in Regex.Matches(path, """ "(?<name>[^"]+)"|(?<name>[^.]+) """.Trim()))
            here = here is YamlMappingNode map && map.Children.TryGetValue(part.Groups["name"].Value, out var next) ? next : null;
        return here;
    }

    public static string? Text(this YamlNode node, string path) => (node.At(path) as YamlScalarNode)?.Value;

    public static IEnumerable<YamlNode> List(this YamlNode node, string path) => node.At(path) as YamlSequenceNode ?? [];

    public static IReadOnlyDictionary<string, string> Map(this YamlNode node, string path) =>
        ((node.At(path) as YamlMappingNode)?.Children ?? Enumerable.Empty<KeyValuePair<YamlNode, YamlNode>>())
            .ToDictionary(static pair => ((YamlScalarNode)pair.Key).Value!, static pair => (pair.Value as YamlScalarNode)?.Value ?? "");

    /// <summary>The same for the same content, however it was written: keys in order, quoted numbers told from plain ones.</summary>
    public static string Canonical(this YamlNode node) => node switch
    {
        YamlMappingNode map => $"{{{string.Join(",", map.Children.Select(static pair => $"{pair.Key}:{pair.Value.Canonical()}").Order(StringComparer.Ordinal))}}}",
        YamlSequenceNode list => $"[{string.Join(",", list.Select(Canonical))}]",
        YamlScalarNode { Style: ScalarStyle.Plain, Value: { } plain } when plain is "true" or "false" or "null" || double.TryParse(plain, out _) => plain,
        YamlScalarNode scalar => JsonSerializer.Serialize(scalar.Value),
        _ => node.ToString(),
    };
}
