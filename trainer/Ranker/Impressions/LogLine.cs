using System.Text.Json.Serialization;

namespace Splitrail.Trainer.Ranker.Impressions;

/// <summary>A line of an impression log: one of both.</summary>
internal sealed record LogLine(LoggedList? Served, LoggedOutcome? Outcome);

/// <summary>What was shown; the items' features are of the feature set it names. The shopper is one of user, session and unit.</summary>
internal sealed record LoggedList(string RequestId, string? UserId, string? SessionId, long TimestampMs, string? FeatureSet, IReadOnlyList<LoggedItem> Items, string? Unit = null)
{
    [JsonIgnore]
    public string? Shopper => UserId ?? SessionId ?? Unit;
}

/// <summary>Position 1 is first; the probability of a look is there when the server knows it, from positions drawn at random, say.</summary>
internal sealed record LoggedItem(string ItemId, int Position, double? Examination, [property: JsonConverter(typeof(FeatureText))] float[]? Features);

/// <summary>What came of it: an event that names its request.</summary>
internal sealed record LoggedOutcome(string RequestId, string ItemId, string Type, long TimestampMs, long ValueMicros = 0);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LogLine))]
[JsonSerializable(typeof(float[]))]
internal sealed partial class ImpressionJson : JsonSerializerContext;
