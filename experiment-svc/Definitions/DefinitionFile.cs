using System.Text.Json.Serialization;
using Splitrail.Contracts;

namespace Splitrail.ExperimentSvc.Definitions;

/// <summary>
/// What the owner writes: flags and layers of experiments. Set, not init: generated JSON code hands init-only members their type's default when
/// the file leaves them out, and ours would be lost.
/// </summary>
internal sealed record DefinitionFile
{
    public IReadOnlyDictionary<string, bool> Flags { get; set; } = new Dictionary<string, bool>();

    public IReadOnlyList<DefinedLayer> Layers { get; set; } = [];
}

internal sealed record DefinedLayer
{
    public string Id { get; set; } = "";

    /// <summary>Mixed into the hash. Another seed deals all users anew.</summary>
    public string Seed { get; set; } = "";

    public IReadOnlyList<DefinedExperiment> Experiments { get; set; } = [];
}

internal sealed record DefinedExperiment
{
    public string Id { get; set; } = "";

    public string Hypothesis { get; set; } = "";

    /// <summary>One of <see cref="ExperimentStates"/>.</summary>
    public string State { get; set; } = "";

    /// <summary>Its part of the layer's users, 0..1.</summary>
    public double Traffic { get; set; } = 1;

    public IReadOnlyList<DefinedArm> Arms { get; set; } = [];

    [JsonIgnore]
    public bool IsRunning => State == ExperimentStates.Running;
}

internal sealed record DefinedArm
{
    public string Id { get; set; } = "";

    public bool Control { get; set; }

    /// <summary>Its part of the experiment's users, 0..1.</summary>
    public double Share { get; set; }

    public ArmParameters Parameters { get; set; } = new();
}

internal static class ExperimentStates
{
    public const string Draft = "draft";
    public const string Running = "running";
    public const string Stopped = "stopped";

    public static IReadOnlyList<string> All { get; } = [Draft, Running, Stopped];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    ReadCommentHandling = System.Text.Json.JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(DefinitionFile))]
internal sealed partial class DefinitionJson : JsonSerializerContext;
