using System.Text.Json;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Ingestion;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Impressions;

/// <summary>A list as it was served, kept for the trainer.</summary>
/// <param name="RequestId">Events that name it say what came of it.</param>
/// <param name="Unit">Key of the shopper.</param>
/// <param name="AtMs">When it was served.</param>
/// <param name="Content">The <see cref="Impression"/> as JSON.</param>
/// <param name="ArrivedMs">When it was stored.</param>
internal sealed record ServedList(string RequestId, string Unit, long AtMs, string Content, long ArrivedMs)
{
    public static BulkTable<ServedList> Table { get; } = new("served_lists", "request_id, unit",
    [
        new("request_id", static row => row.RequestId),
        new("unit", static row => row.Unit),
        new("at_ms", static row => row.AtMs),
        new("content", static row => row.Content),
        new("arrived_ms", static row => row.ArrivedMs),
    ]);

    public static ServedList Of(Impression impression, long nowMs) => new(
        impression.RequestId, UnitKey.Of(impression.Unit, impression.UnitKind), impression.TimestampMs,
        JsonSerializer.Serialize(impression, ContractsJson.Default.Impression), nowMs);
}
