using YamlDotNet.RepresentationModel;

namespace Splitrail.Local.Sidecar.Resources;

/// <summary>A YAML mapping that remembers where it stands and collects what is wrong with it.</summary>
internal sealed class YamlMap(YamlMappingNode node, string path, string file, List<ResourceFault> faults)
{
    public string File => file;

    public long Line => node.Start.Line;

    public IEnumerable<string> Keys => node.Children.Keys.Select(key => ((YamlScalarNode)key).Value!);

    public string? Text(string key)
    {
        switch (Child(key))
        {
            case null:
                return null;
            case YamlScalarNode scalar:
                return scalar.Value;
            default:
                Fault(key, $"'{At(key)}' must be a single value.");
                return null;
        }
    }

    public string Required(string key)
    {
        if (Text(key) is { Length: > 0 } text)
            return text;
        Fault(key, $"'{At(key)}' is missing.");
        return "";
    }

    public bool Flag(string key)
    {
        var text = Text(key);
        if (text is not (null or "true" or "false"))
            Fault(key, $"'{At(key)}' is '{text}'; it must be true or false.");
        return text == "true";
    }

    /// <summary>An empty mapping when the key is missing.</summary>
    public YamlMap Map(string key)
    {
        switch (Child(key))
        {
            case YamlMappingNode child:
                return new YamlMap(child, At(key), file, faults);
            case null or YamlScalarNode { Value: null or "" }:
                break;
            default:
                Fault(key, $"'{At(key)}' must be a mapping.");
                break;
        }

        return new YamlMap(new YamlMappingNode(), At(key), file, faults);
    }

    public IEnumerable<(string Key, YamlMap Value)> Maps() => Keys.ToList().Select(key => (key, Map(key)));

    public IEnumerable<YamlMap> List(string key) => Sequence(key).Select((item, index) =>
    {
        if (item is YamlMappingNode child)
            return new YamlMap(child, $"{At(key)}[{index}]", file, faults);
        faults.Add(new ResourceFault(file, item.Start.Line, $"'{At(key)}[{index}]' must be a mapping."));
        return new YamlMap(new YamlMappingNode(), $"{At(key)}[{index}]", file, faults);
    }).ToList();

    public IReadOnlyList<string> Texts(string key) => [.. Sequence(key).OfType<YamlScalarNode>().Select(item => item.Value ?? "")];

    public bool Has(string key) => Child(key) is not null;

    public void Only(params string[] known)
    {
        foreach (var key in Keys.Except(known).ToList())
            Fault(key, $"'{At(key)}' is not known; known here: {string.Join(", ", known)}.");
    }

    public void Fault(string? key, string rule) => faults.Add(new ResourceFault(file, (key is null ? node : Child(key) ?? node).Start.Line, rule));

    public string At(string key) => path.Length == 0 ? key : $"{path}.{key}";

    private YamlNode? Child(string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private IEnumerable<YamlNode> Sequence(string key)
    {
        switch (Child(key))
        {
            case YamlSequenceNode sequence:
                return sequence.Children;
            case null:
                return [];
            default:
                Fault(key, $"'{At(key)}' must be a list.");
                return [];
        }
    }
}
