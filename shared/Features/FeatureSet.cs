namespace Splitrail.Features;

/// <summary>The features a ranker is trained on and serves with, by name and in order. A change of any feature's meaning needs a new name.</summary>
/// <param name="Name">Kept in a model's manifest and in the model file.</param>
/// <param name="Features">Names in the order of a row.</param>
public sealed record FeatureSet(string Name, IReadOnlyList<string> Features)
{
    /// <summary>Key of <see cref="Name"/> in a model file's metadata.</summary>
    public const string NameKey = "feature_set";

    /// <summary>Key of the comma-separated <see cref="Features"/> in a model file's metadata.</summary>
    public const string FeaturesKey = "features";

    public int Width => Features.Count;

    /// <summary>What a model file says of the set it was trained on.</summary>
    public IReadOnlyDictionary<string, string> Metadata => new Dictionary<string, string> { [NameKey] = Name, [FeaturesKey] = string.Join(',', Features) };

    /// <summary>Refuses a model that was trained on another set.</summary>
    /// <param name="model">Version of the model, for the message.</param>
    /// <param name="metadata">Reads a value of the model file's metadata; null when it has none.</param>
    /// <exception cref="FeatureSetMismatchException">Name or features differ.</exception>
    public void Require(string model, Func<string, string?> metadata)
    {
        var (name, features) = (metadata(NameKey), metadata(FeaturesKey));
        if (name != Name)
            throw new FeatureSetMismatchException(
                $"Model '{model}' was trained on feature set '{name ?? "none"}', this build computes '{Name}': train it again, or run its build.");
        if (features != string.Join(',', Features))
            throw new FeatureSetMismatchException(
                $"Model '{model}' and this build both say '{Name}' and mean different features. Train it again. "
                + $"The model's: {features ?? "none"}. This build's: {string.Join(',', Features)}.");
    }
}
