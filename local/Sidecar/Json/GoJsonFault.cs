using System.Text;
using System.Text.Json;

namespace Splitrail.Local.Sidecar.Json;

/// <summary>Says what is wrong with a body in the words of Go's decoder, which daprd passes on.</summary>
internal static class GoJsonFault
{
    public static string Describe(ReadOnlySpan<byte> body)
    {
        if (body.Trim(" \t\r\n"u8).IsEmpty)
            return "EOF";
        var reader = new Utf8JsonReader(body);
        try
        {
            while (reader.Read())
            {
            }
        }
        catch (JsonException)
        {
            var at = (int)reader.BytesConsumed;
            while (at < body.Length && body[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',' or (byte)':')
                at++;
            if (at >= body.Length || IsCutShort(body))
                return "unexpected EOF";
            return $"invalid character {Quote(body[at..])} looking for beginning of {(IsMemberExpected(body[..at]) ? "object key string" : "value")}";
        }

        return "invalid JSON";
    }

    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "bool",
        _ => "null",
    };

    /// <summary>A reader that may expect more input does not complain about a body that merely ends too early.</summary>
    private static bool IsCutShort(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, isFinalBlock: false, default);
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsMemberExpected(ReadOnlySpan<byte> before)
    {
        var trimmed = before.TrimEnd(" \t\r\n"u8);
        return !trimmed.IsEmpty && (trimmed[^1] == '{' || (trimmed[^1] == ',' && trimmed.LastIndexOfAny("{["u8) is var open and >= 0 && trimmed[open] == '{'));
    }

    private static string Quote(ReadOnlySpan<byte> rest)
    {
        Rune.DecodeFromUtf8(rest, out var rune, out _);
        return $"'{rune}'";
    }
}
