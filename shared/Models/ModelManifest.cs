using System.Text.Json;
using System.Text.Json.Serialization;
using Splitrail.Contracts;

namespace Splitrail.Models;

/// <summary>What <c>manifest.json</c> says of a model folder.</summary>
/// <param name="Version">The folder's name.</param>
/// <param name="TrainedAt">When training ended.</param>
/// <param name="Dataset">Name of the data.</param>
/// <param name="DatasetFingerprint">See <see cref="Datasets.DatasetManifest.Fingerprint"/>.</param>
/// <param name="FeatureSet">The feature set its ranker was trained with; another one at serving refuses to load.</param>
/// <param name="Items">Items the model knows.</param>
/// <param name="Events">Events it was trained on.</param>
/// <param name="AsOfMs">Nothing at or after this moment was seen in training.</param>
/// <param name="Files">Every file of the folder but the manifest.</param>
/// <param name="Metrics">Quality measured at training.</param>
/// <param name="HyperParameters">What it was trained with.</param>
/// <param name="Types">What it is used for, of <see cref="ModelTypes"/>; null for a bundle of candidates and their ranker.</param>
/// <param name="Family">Versions of one family may rank each other's candidates; null for a family of its own.</param>
/// <param name="Parent">The version it was made from; null for one made of data alone.</param>
public sealed record ModelManifest(
    string Version,
    DateTimeOffset TrainedAt,
    string Dataset,
    string DatasetFingerprint,
    string FeatureSet,
    int Items,
    long Events,
    long AsOfMs,
    IReadOnlyList<ModelFile> Files,
    IReadOnlyDictionary<string, double> Metrics,
    IReadOnlyDictionary<string, double> HyperParameters,
    IReadOnlyList<string>? Types = null,
    string? Family = null,
    string? Parent = null)
{
    private static readonly string[] s_bundle = [ModelTypes.Candidate, ModelTypes.Ranking];

    [JsonIgnore]
    public IReadOnlyList<string> UsedFor => Types ?? s_bundle;

    [JsonIgnore]
    public string FamilyName => Family ?? Version;

    /// <exception cref="ModelException">It is no manifest.</exception>
    public static ModelManifest Read(string json)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize(json, ModelJson.Default.ModelManifest);
            return manifest is { Version: not null, Files: not null, FeatureSet: not null, Metrics: not null } && manifest.Files.All(static file => file is { Name: not null, Sha256: not null })
                ? manifest
                : throw new ModelException("it names no version, files, feature set or metrics.");
        }
        catch (JsonException broken)
        {
            throw new ModelException(broken.Message, broken);
        }
    }

    /// <summary>Whether its ranker was made for candidates of the other version (docs/decisions/0025).</summary>
    public bool MayRank(ModelManifest candidates) => FamilyName == candidates.FamilyName && FeatureSet == candidates.FeatureSet;

    /// <summary>Null for a model without a ranker, and for those of before.</summary>
    public RankerCard? Ranker { get; init; }

    /// <summary>Null for those of before, and for versions that were not trained.</summary>
    public double? TrainingSeconds { get; init; }
}

/// <param name="Name">File name inside the folder.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record ModelFile(string Name, long Bytes, string Sha256);

/// <summary>Content of <c>active.json</c>.</summary>
public sealed record ActiveModel(string Version);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(ModelManifest))]
[JsonSerializable(typeof(ActiveModel))]
[JsonSerializable(typeof(DriftReference))]
internal sealed partial class ModelJson : JsonSerializerContext;
