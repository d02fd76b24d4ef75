using System.Text.Json;
using System.Text.Json.Serialization;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>A batch of shop events whose members are read one by one: what is wrong with one of them must not take the others with it.</summary>
internal sealed record OutcomeBatch(IReadOnlyList<JsonElement>? Events);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OutcomeBatch))]
internal sealed partial class IntakeJson : JsonSerializerContext;
