using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Splitrail.Input;

/// <summary>
/// Says what is wrong with a body that could not be read: the serializer's own texts name types of this code, not rules of the API. Runs only after
/// a failure, so it may read the body a second time.
/// </summary>
public static class JsonDiagnosis
{
    private static readonly JsonDocumentOptions s_tolerant = new() { AllowDuplicateProperties = true };

    public static InputFault Of(ReadOnlyMemory<byte> body, JsonTypeInfo expected, JsonException thrown)
    {
        try
        {
            using var document = JsonDocument.Parse(body, s_tolerant);
            return Walk(document.RootElement, expected, "") ?? new InputFault(Name(thrown.Path), new RawJson("not readable"), "is not what this member takes");
        }
        catch (JsonException malformed)
        {
            var where = $"it breaks at line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine + 1}";
            return new InputFault("body", new RawJson(Start(body.Span)), $"must be well-formed JSON in UTF-8; {where}");
        }
    }

    private static InputFault? Walk(JsonElement value, JsonTypeInfo expected, string path) => expected.Kind switch
    {
        JsonTypeInfoKind.Object => WalkObject(value, expected, path),
        JsonTypeInfoKind.Enumerable => WalkArray(value, expected, path),
        JsonTypeInfoKind.Dictionary => WalkDictionary(value, expected, path),
        _ => JsonKinds.FaultOf(value, expected.Type) is { } rule ? Fault(path, value, rule) : null,
    };

    private static InputFault? WalkObject(JsonElement value, JsonTypeInfo expected, string path)
    {
        if (value.ValueKind == JsonValueKind.Null && path.Length > 0)
            return null;
        if (value.ValueKind != JsonValueKind.Object)
            return Fault(path, value, "must be an object");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            var memberPath = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (expected.Properties.FirstOrDefault(property => property.Name == member.Name) is not { } known)
                return Fault(memberPath, member.Value, $"is not a member here; the members are {NamesOf(expected)}");
            if (!seen.Add(member.Name))
                return Fault(memberPath, member.Value, "is given more than once");
            if (member.Value.ValueKind == JsonValueKind.Null && expected.Options.RespectNullableAnnotations && !known.IsSetNullable)
                return Fault(memberPath, member.Value, "must not be null; leave it out for the default");
            if (Walk(member.Value, expected.Options.GetTypeInfo(known.PropertyType), memberPath) is { } fault)
                return fault;
        }

        return null;
    }

    private static InputFault? WalkDictionary(JsonElement value, JsonTypeInfo expected, string path)
    {
        if (value.ValueKind == JsonValueKind.Null && path.Length > 0)
            return null;
        if (value.ValueKind != JsonValueKind.Object)
            return Fault(path, value, "must be an object");
        var elements = expected.Options.GetTypeInfo(expected.ElementType!);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            var memberPath = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (!seen.Add(member.Name))
                return Fault(memberPath, member.Value, "is given more than once");
            if (Walk(member.Value, elements, memberPath) is { } fault)
                return fault;
        }

        return null;
    }

    private static InputFault? WalkArray(JsonElement value, JsonTypeInfo expected, string path)
    {
        if (value.ValueKind == JsonValueKind.Null && path.Length > 0)
            return null;
        if (value.ValueKind != JsonValueKind.Array)
            return Fault(path, value, "must be a list");
        var elements = expected.Options.GetTypeInfo(expected.ElementType!);
        var index = 0;
        foreach (var element in value.EnumerateArray())
        {
            if (Walk(element, elements, $"{path}[{index++}]") is { } fault)
                return fault;
        }

        return null;
    }

    private static string NamesOf(JsonTypeInfo expected) => string.Join(", ", expected.Properties.Select(static one => one.Name));

    private static InputFault Fault(string path, JsonElement value, string rule) =>
        new(path.Length == 0 ? "body" : path, new RawJson(value.GetRawText()), rule);

    private static string Name(string? path) => path is null or "$" ? "body" : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;

    private static string Start(ReadOnlySpan<byte> body) =>
        body.IsEmpty ? "empty" : System.Text.Encoding.UTF8.GetString(body[..Math.Min(body.Length, 100)]);
}
