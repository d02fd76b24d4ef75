using System.Text.Json;

namespace Splitrail.ExperimentSvc.Audit;

/// <summary>One member that is not the same.</summary>
/// <param name="Member">Its path, such as <c>arms[1].share</c>.</param>
/// <param name="From">Before; missing when it was not there.</param>
/// <param name="To">After; missing when it is gone.</param>
public sealed record JsonDifference(string Member, JsonElement? From, JsonElement? To)
{
    public static JsonDifference[] Between(JsonElement? from, JsonElement? to)
    {
        var found = new List<JsonDifference>();
        Compare("", from, to, found);
        return [.. found];
    }

    private static void Compare(string path, JsonElement? from, JsonElement? to, List<JsonDifference> found)
    {
        if (from is { ValueKind: JsonValueKind.Object } one && to is { ValueKind: JsonValueKind.Object } other)
        {
            foreach (var name in one.EnumerateObject().Concat(other.EnumerateObject()).Select(static member => member.Name).Distinct(StringComparer.Ordinal))
                Compare(path.Length == 0 ? name : $"{path}.{name}", MemberOf(one, name), MemberOf(other, name), found);
        }
        else if (from is { ValueKind: JsonValueKind.Array } these && to is { ValueKind: JsonValueKind.Array } those)
        {
            for (var i = 0; i < Math.Max(these.GetArrayLength(), those.GetArrayLength()); i++)
                Compare($"{path}[{i}]", ElementOf(these, i), ElementOf(those, i), found);
        }
        else if (!(from is { } before && to is { } after && JsonElement.DeepEquals(before, after)))
        {
            found.Add(new JsonDifference(path, from, to));
        }
    }

    private static JsonElement? MemberOf(JsonElement value, string name) => value.TryGetProperty(name, out var member) ? member : null;

    private static JsonElement? ElementOf(JsonElement value, int index) => index < value.GetArrayLength() ? value[index] : null;
}
