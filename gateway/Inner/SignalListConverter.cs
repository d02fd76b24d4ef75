using System.Text.Json;
using System.Text.Json.Serialization;

namespace Splitrail.Gateway.Inner;

/// <summary>Short lists of numbers as arrays of exactly their length.</summary>
internal sealed class SignalListConverter : JsonConverter<IReadOnlyList<float>>
{
    private const int MaxLength = 256;

    public override IReadOnlyList<float> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("Signals must be a list.");
        Span<float> values = stackalloc float[MaxLength];
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || count == MaxLength)
                throw new JsonException($"Signals must be at most {MaxLength} numbers.");
            values[count++] = reader.GetSingle();
        }

        return values[..count].ToArray();
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<float> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var number in value)
            writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }
}
