using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Splitrail.Trainer.Ranker.Impressions;

/// <summary>Features as people write them, a list of numbers, or as the gateway does: little-endian float32 in base64, a third of the size and exact to the bit.</summary>
internal sealed class FeatureText : JsonConverter<float[]>
{
    public override float[]? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            return JsonSerializer.Deserialize(ref reader, ImpressionJson.Default.SingleArray);
        if (!reader.TryGetBytesFromBase64(out var bytes) || bytes.Length % sizeof(float) != 0)
            throw new JsonException("features are neither a list of numbers nor base64 of float32.");
        return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
    }

    public override void Write(Utf8JsonWriter writer, float[] value, JsonSerializerOptions options) => writer.WriteBase64StringValue(MemoryMarshal.AsBytes(value.AsSpan()));
}
