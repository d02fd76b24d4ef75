using System.Text.Json;
using System.Text.RegularExpressions;
using Splitrail.Tests.Suite.Shop;
using YamlDotNet.RepresentationModel;

namespace Splitrail.Tests.Suite.Monitoring;

/// <summary>What the chart asks Prometheus: rules, dashboards and autoscalers.</summary>
internal static partial class Expressions
{
    private static readonly string s_chart = Path.Combine(TrainedShop.Root, "charts", "splitrail");

    private static readonly HashSet<string> s_words = ["and", "or", "unless", "bool", "offset", "by", "without", "on", "ignoring", "group_left", "group_right", "inf", "nan"];

    public static string Rules { get; } = Path.Combine(s_chart, "rules");

    /// <summary>Every expression, with where it stands.</summary>
    public static IEnumerable<(string Where, string Text)> All() => OfRules().Select(static rule => (rule.Name, rule.Text)).Concat(OfDashboards()).Concat(OfAutoscalers());

    public static IReadOnlySet<string> Recorded() => OfRules().Where(static rule => rule.IsRecord).Select(static rule => rule.Name).ToHashSet();

    /// <summary>Of the panels, for the namespace of a suite on one machine.</summary>
    public static IEnumerable<(string Where, string Text)> OfDashboards() =>
        from file in Directory.GetFiles(Path.Combine(s_chart, "dashboards"), "*.json")
        from panel in JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("panels").EnumerateArray()
        from target in panel.GetProperty("targets").EnumerateArray()
        select ($"{Path.GetFileNameWithoutExtension(file)}: {panel.GetProperty("title")}", target.GetProperty("expr").GetString()!.Replace("$namespace", "local", StringComparison.Ordinal));

    /// <summary>Names of metrics in an expression.</summary>
    public static IEnumerable<string> MetricsOf(string expression)
    {
        var text = Labels().Replace(Strings().Replace(expression, ""), " ");
        text = Grouping().Replace(text, " ");
        return Names().Matches(text).Select(static match => match.Value).Where(static name => !s_words.Contains(name.ToLowerInvariant())).Distinct();
    }

    private static IEnumerable<(string Name, string Text, bool IsRecord)> OfRules()
    {
        foreach (var file in Directory.GetFiles(Rules, "*.yaml"))
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(File.ReadAllText(file)));
            foreach (var rule in stream.Documents[0].RootNode["groups"].Each().SelectMany(static group => group["rules"].Each()).Cast<YamlMappingNode>())
            {
                var isRecord = rule.Children.ContainsKey("record");
                yield return (rule[isRecord ? "record" : "alert"].ToString(), rule["expr"].ToString(), isRecord);
            }
        }
    }

    private static IEnumerable<(string, string)> OfAutoscalers()
    {
        var templates = string.Join('\n', Directory.GetFiles(Path.Combine(s_chart, "templates"), "*s.yaml").Where(static file => Path.GetFileName(file) is "hpas.yaml" or "scaledobjects.yaml").Select(File.ReadAllText));
        return Asked().Matches(templates).Select(static match => ("autoscalers", match.Groups["name"].Value));
    }

    private static IEnumerable<YamlNode> Each(this YamlNode list) => (YamlSequenceNode)list;

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Strings();

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]|(?<![a-zA-Z0-9_:.])[0-9.]+[a-z]*")]
    private static partial Regex Labels();

    [GeneratedRegex(@"\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\b[a-zA-Z_:][a-zA-Z0-9_:]*\b(?!\s*\()")]
    private static partial Regex Names();

    [GeneratedRegex("(?<name>(http|dotnet)_[a-z0-9_]+)")]
    private static partial Regex Asked();
}
