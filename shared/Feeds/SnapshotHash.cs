using System.Security.Cryptography;
using System.Text.Json;
using Splitrail.Contracts;

namespace Splitrail.Feeds;

/// <summary>SHA-256 over the JSON of what a snapshot says, without its version, time and the hash itself.</summary>
public static class SnapshotHash
{
    public static string Of(ControlSnapshot snapshot) => Convert.ToHexStringLower(SHA256.HashData(
        JsonSerializer.SerializeToUtf8Bytes(Content(snapshot), ContractsJson.Default.ControlSnapshot)));

    public static bool Matches(ControlSnapshot snapshot) => Of(snapshot) == snapshot.ContentHash;

    private static ControlSnapshot Content(ControlSnapshot snapshot) => snapshot with
    {
        Version = 0,
        CreatedMs = 0,
        ContentHash = "",
        Flags = Sorted(snapshot.Flags),
        Layers = [.. snapshot.Layers.Select(static layer => layer with { Experiments = [.. layer.Experiments.Select(Content)] })],
    };

    private static ExperimentDefinition Content(ExperimentDefinition experiment) =>
        experiment.Overrides is { } overrides ? experiment with { Overrides = Sorted(overrides) } : experiment;

    /// <summary>A dictionary has no order of its own.</summary>
    private static SortedDictionary<string, T> Sorted<T>(IReadOnlyDictionary<string, T> values) =>
        new(values.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
}
