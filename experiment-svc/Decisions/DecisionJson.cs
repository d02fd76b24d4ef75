using System.Text.Json;
using System.Text.Json.Serialization;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>The log's JSON. Doubles are written so that the same bits are read back.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    Converters = [
        typeof(SnakeCaseEnum<Verdict>), typeof(SnakeCaseEnum<GroundKind>), typeof(SnakeCaseEnum<NotYet>), typeof(SnakeCaseEnum<MetricKind>), typeof(SnakeCaseEnum<MetricRole>),
        typeof(SnakeCaseEnum<MetricDirection>),
    ])]
[JsonSerializable(typeof(DecisionEntry))]
internal sealed partial class DecisionJson : JsonSerializerContext;

/// <summary>Members of an enum as the rest of the API writes them.</summary>
internal sealed class SnakeCaseEnum<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where TEnum : struct, Enum;
