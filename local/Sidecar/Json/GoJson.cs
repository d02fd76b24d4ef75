using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Splitrail.Local.Sidecar.Json;

/// <summary>
/// Writes JSON as Go's encoder does after a round trip through maps: members in byte order, the last of a repeated name wins, only what must be escaped is.
/// </summary>
/// <param name="EscapeHtml">Go's default: <c>&lt;</c>, <c>&gt;</c> and <c>&amp;</c> become <c>\u003c</c> and so on.</param>
/// <param name="FloatNumbers">Numbers pass through a float64 and lose what it cannot hold; else their text is kept.</param>
internal readonly record struct GoJson(bool EscapeHtml, bool FloatNumbers)
{
    /// <summary>State values of daprd's in-memory store.</summary>
    public static GoJson InMemoryState { get; } = new(true, true);

    /// <summary>State values of daprd's Redis store.</summary>
    public static GoJson RedisState { get; } = new(false, true);

    /// <summary>Envelopes of events.</summary>
    public static GoJson Event { get; } = new(true, false);

    public byte[] Write(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(output, value);
        return output.WrittenSpan.ToArray();
    }

    public void Write(IBufferWriter<byte> output, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(output, value);
                break;
            case JsonValueKind.Array:
                WriteArray(output, value);
                break;
            case JsonValueKind.String:
                WriteText(output, value.GetString()!);
                break;
            case JsonValueKind.Number:
                Put(output, FloatNumbers ? GoNumber.Format(value.GetDouble()) : value.GetRawText());
                break;
            default:
                Put(output, value.ValueKind switch { JsonValueKind.True => "true", JsonValueKind.False => "false", _ => "null" });
                break;
        }
    }

    public void WriteText(IBufferWriter<byte> output, string text)
    {
        output.Write("\""u8);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (Escape(rune) is { } escaped)
                Put(output, escaped);
            else
                output.Write(utf8[..rune.EncodeToUtf8(utf8)]);
        }

        output.Write("\""u8);
    }

    private void WriteObject(IBufferWriter<byte> output, JsonElement value)
    {
        SortedDictionary<string, JsonElement> members = new(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
            members[member.Name] = member.Value;
        output.Write("{"u8);
        var first = true;
        foreach (var (name, member) in members)
        {
            if (!first)
                output.Write(","u8);
            first = false;
            WriteText(output, name);
            output.Write(":"u8);
            Write(output, member);
        }

        output.Write("}"u8);
    }

    private void WriteArray(IBufferWriter<byte> output, JsonElement value)
    {
        output.Write("["u8);
        var first = true;
        foreach (var item in value.EnumerateArray())
        {
            if (!first)
                output.Write(","u8);
            first = false;
            Write(output, item);
        }

        output.Write("]"u8);
    }

    private string? Escape(Rune rune) => rune.Value switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\b' => "\\b",
        '\f' => "\\f",
        '<' or '>' or '&' => EscapeHtml ? $"\\u{rune.Value:x4}" : null,
        < 0x20 or 0x2028 or 0x2029 => $"\\u{rune.Value:x4}",
        _ => null,
    };

    private static void Put(IBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(text, output);
}
