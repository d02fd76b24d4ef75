using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Splitrail.Gateway.Inner;

/// <summary>Lists of names that repeat: each name and each list of up to eight names exists once. What does not fit is read plainly.</summary>
internal sealed class NameListConverter : JsonConverter<IReadOnlyList<string>>
{
    private const int MaxNames = 100;
    private const int MaxNameLength = 64;
    private const int MaxListLength = 8;
    private const int MaxLists = 1000;

    private readonly Lock _adding = new();
    private readonly ConcurrentDictionary<ulong, string[]> _lists = new();
    private volatile Name[] _names = [];

    public override IReadOnlyList<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("Names must be a list.");
        // One byte per name: its place in the table, counted from 1.
        var key = 0UL;
        var count = 0;
        List<string>? plain = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String)
                throw new JsonException("Names must be texts.");
            if (plain is null && count < MaxListLength && PlaceOf(ref reader) is var place and >= 0)
                key |= (ulong)(place + 1) << (8 * count++);
            else
                (plain ??= [.. Spell(key, count)]).Add(reader.GetString()!);
        }

        if (plain is not null)
            return plain;
        return _lists.TryGetValue(key, out var known) ? known : Keep(key, count);
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var name in value)
            writer.WriteStringValue(name);
        writer.WriteEndArray();
    }

    private string[] Keep(ulong key, int count)
    {
        var list = Spell(key, count);
        return _lists.Count < MaxLists ? _lists.GetOrAdd(key, list) : list;
    }

    private string[] Spell(ulong key, int count)
    {
        var names = _names;
        var list = new string[count];
        for (var i = 0; i < count; i++)
            list[i] = names[(int)((key >> (8 * i)) & 0xFF) - 1].Text;
        return list;
    }

    /// <summary>The name's place in the table, where it is put when it is new; -1 when it does not fit.</summary>
    private int PlaceOf(ref Utf8JsonReader reader)
    {
        if (reader.HasValueSequence || reader.ValueIsEscaped || reader.ValueSpan.Length > MaxNameLength)
            return -1;
        var place = Find(_names, reader.ValueSpan);
        return place >= 0 ? place : Add(reader.ValueSpan);
    }

    private int Add(ReadOnlySpan<byte> utf8)
    {
        lock (_adding)
        {
            var names = _names;
            if (Find(names, utf8) is var place and >= 0)
                return place;
            if (names.Length >= MaxNames)
                return -1;
            _names = [.. names, new Name(utf8.ToArray(), Encoding.UTF8.GetString(utf8))];
            return names.Length;
        }
    }

    private static int Find(Name[] names, ReadOnlySpan<byte> utf8)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (utf8.SequenceEqual(names[i].Utf8))
                return i;
        }

        return -1;
    }

    private sealed record Name(byte[] Utf8, string Text);
}
