using System.Text.Json;
using System.Text.Json.Serialization;
using Splitrail.ExperimentSvc.Merchandising;
using Splitrail.ExperimentSvc.Registry;

namespace Splitrail.ExperimentSvc.Definitions;

/// <summary>Definitions as they are stored, and as a file to import says them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(DefinitionFile))]
[JsonSerializable(typeof(ExperimentRecord))]
[JsonSerializable(typeof(DefinedExperiment))]
[JsonSerializable(typeof(DefinedLayer))]
[JsonSerializable(typeof(DefinedHoldout))]
[JsonSerializable(typeof(FlagSet))]
[JsonSerializable(typeof(RuleRecord))]
[JsonSerializable(typeof(WeightsRecord))]
[JsonSerializable(typeof(RegisteredModel))]
[JsonSerializable(typeof(ProductionState))]
internal sealed partial class DefinitionJson : JsonSerializerContext
{
    private static readonly Lazy<DefinitionJson> s_strict = new(static () => new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    }));

    /// <summary>For what somebody wrote by hand: comments and trailing commas pass, misspelt and doubled members do not.</summary>
    public static DefinitionJson Strict => s_strict.Value;
}
