using System.Text.Json;
using System.Text.Json.Serialization;
using Splitrail.Models;

namespace Splitrail.ExperimentSvc.Registry;

/// <summary>A version in the registry: what its manifest said when it was published, and what became of it.</summary>
internal sealed record RegisteredModel
{
    private readonly Lazy<ModelManifest> _manifest;

    public RegisteredModel() => _manifest = new(() => ModelManifest.Read(ManifestJson.GetRawText()));

    /// <summary>As it was published, members of other releases included.</summary>
    [JsonPropertyName("manifest")]
    public JsonElement ManifestJson { get; set; }

    public long RegisteredMs { get; set; }

    /// <summary>One of <see cref="ModelStages"/> for each of its types.</summary>
    public IReadOnlyDictionary<string, string> Stages { get; set; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>One of <see cref="ModelFilesState"/>.</summary>
    public string Files { get; set; } = ModelFilesState.Present;

    [JsonIgnore]
    public ModelManifest Manifest => _manifest.Value;

    [JsonIgnore]
    public string Version => Manifest.Version;

    public static RegisteredModel Of(JsonElement manifest, long nowMs)
    {
        var model = new RegisteredModel { ManifestJson = manifest, RegisteredMs = nowMs };
        return model.With(model.Manifest.UsedFor, ModelStages.Candidate);
    }

    public bool Is(string stage) => Stages.Values.Contains(stage);

    public RegisteredModel With(IEnumerable<string> types, string stage)
    {
        var stages = new SortedDictionary<string, string>(Stages.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var type in types)
            stages[type] = stage;
        return new RegisteredModel { ManifestJson = ManifestJson, RegisteredMs = RegisteredMs, Stages = stages, Files = Files };
    }

    public RegisteredModel WithFiles(string state) => new() { ManifestJson = ManifestJson, RegisteredMs = RegisteredMs, Stages = Stages, Files = state };
}

/// <summary>Where a version is in its life, for one of its types.</summary>
internal static class ModelStages
{
    /// <summary>Published and not used.</summary>
    public const string Candidate = "candidate";

    /// <summary>Scores beside production and is never served.</summary>
    public const string Shadow = "shadow";

    /// <summary>Serves; exactly one of a type.</summary>
    public const string Production = "production";

    /// <summary>Was used, or shall not be; its files go when there are enough newer ones.</summary>
    public const string Archived = "archived";

    public static IReadOnlyList<string> All { get; } = [Candidate, Shadow, Production, Archived];
}

internal static class ModelFilesState
{
    public const string Present = "present";

    /// <summary>They vanished from the volume.</summary>
    public const string Gone = "gone";

    /// <summary>Retention deletes them, or has.</summary>
    public const string Deleted = "deleted";
}
