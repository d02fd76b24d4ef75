using System.Text.Json.Serialization;

namespace Splitrail.RankingSvc.Checks;

/// <param name="Fault">Why the model may not be served; null when it may.</param>
internal sealed record CheckVerdict(string? Fault)
{
    public static CheckVerdict Accepted { get; } = new((string?)null);
}

[JsonSerializable(typeof(CheckVerdict))]
internal sealed partial class CheckJson : JsonSerializerContext;
