using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Splitrail.Local.Sidecar.Resources;

/// <summary>One routing rule: a comparison of one member of the event. That is the part of CEL which subscriptions use; the rest is refused at start.</summary>
internal sealed partial record RouteRule(string Match, string Path)
{
    private string[] Member { get; init; } = [];

    private string Operator { get; init; } = "";

    private string Literal { get; init; } = "";

    private bool IsText { get; init; }

    public static bool TryParse(string match, string path, [NotNullWhen(true)] out RouteRule? rule)
    {
        rule = null;
        var parts = Shape().Match(match);
        if (!parts.Success)
            return false;
        var text = parts.Groups["text"];
        if (text.Success && parts.Groups["op"].Value is not ("==" or "!="))
            return false;
        rule = new RouteRule(match, path)
        {
            Member = parts.Groups["member"].Value.Split('.'),
            Operator = parts.Groups["op"].Value,
            Literal = text.Success ? text.Value : parts.Groups["number"].Value,
            IsText = text.Success,
        };
        return true;
    }

    public bool Matches(JsonElement cloudEvent)
    {
        foreach (var name in Member)
        {
            if (cloudEvent.ValueKind != JsonValueKind.Object || !cloudEvent.TryGetProperty(name, out cloudEvent))
                return false;
        }

        if (IsText)
            return cloudEvent.ValueKind == JsonValueKind.String && cloudEvent.ValueEquals(Literal) == (Operator == "==");
        return cloudEvent.ValueKind == JsonValueKind.Number && Compare(cloudEvent.GetDouble().CompareTo(double.Parse(Literal, CultureInfo.InvariantCulture)));
    }

    private bool Compare(int order) => Operator switch
    {
        "==" => order == 0,
        "!=" => order != 0,
        ">" => order > 0,
        ">=" => order >= 0,
        "<" => order < 0,
        _ => order <= 0,
    };

    [GeneratedRegex("""^\s*event\.(?<member>[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*)\s*(?<op>==|!=|>=|<=|>|<)\s*("(?<text>[^"\\]*)"|'(?<text>[^'\\]*)'|(?<number>-?[0-9]+(\.[0-9]+)?))\s*$""")]
    private static partial Regex Shape();
}
