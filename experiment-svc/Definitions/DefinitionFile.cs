using System.Text.Json.Serialization;
using Splitrail.Contracts;

namespace Splitrail.ExperimentSvc.Definitions;

/// <summary>What the owner writes: flags and layers of experiments.</summary>
internal sealed record DefinitionFile
{
    public IReadOnlyDictionary<string, bool> Flags { get; init; } = new Dictionary<string, bool>();

    public IReadOnlyList<DefinedLayer> Layers { get; init; } = [];
}

internal sealed record DefinedLayer
{
    public string Id { get; init; } = "";

    /// <summary>Mixed into the hash. Another seed deals all users anew.</summary>
    public string Seed { get; init; } = "";

    public IReadOnlyList<DefinedExperiment> Experiments { get; init; } = [];
}

internal sealed record DefinedExperiment
{
    public string Id { get; init; } = "";

    public string Hypothesis { get; init; } = "";

    /// <summary>One of <see cref="ExperimentStates"/>.</summary>
    public string State { get; init; } = "";

    /// <summary>Its part of the layer's users, 0..1.</summary>
    public double Traffic { get; init; } = 1;

    public IReadOnlyList<DefinedArm> Arms { get; init; } = [];

    [JsonIgnore]
    public bool IsRunning => State == ExperimentStates.Running;
}

internal sealed record DefinedArm
{
    public string Id { get; init; } = "";

    public bool Control { get; init; }

    /// <summary>Its part of the experiment's users, 0..1.</summary>
    public double Share { get; init; }

    public ArmParameters Parameters { get; init; } = new();
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
