using System.Text.Json;
using System.Text.Json.Nodes;
using Splitrail.Datasets;
using Splitrail.Trainer.Training;

namespace Splitrail.Trainer.Tuning;

/// <summary>The file between <c>trainer tune</c> and <c>trainer train --tuned</c>.</summary>
internal static class TunedSettings
{
    private static readonly JsonSerializerOptions s_readable = new(JsonSerializerDefaults.General) { WriteIndented = true };

    /// <summary>Written under another name and renamed: a training that begins now reads all of it.</summary>
    public static void Write(string path, DatasetManifest dataset, TuningResult result)
    {
        var settings = result.Options;
        var document = new JsonObject
        {
            ["dataset"] = dataset.Name,
            ["dataset_fingerprint"] = dataset.Fingerprint,
            ["trials"] = result.Trials,
            ["settings"] = new JsonObject
            {
                ["als_factors"] = settings.Als.Factors,
                ["als_regularisation"] = settings.Als.Regularisation,
                ["als_alpha"] = settings.Als.Alpha,
                ["als_frequency_scaling"] = settings.Als.FrequencyScaling,
                ["ease_lambda"] = settings.EaseLambda,
                ["ease_words"] = settings.EaseWords,
            },
            ["validation"] = Quality(result.Validation),
            ["held_out"] = result.HeldOut is { } heldOut ? Quality(heldOut) : null,
        };
        var temporary = $"{path}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(temporary, document.ToJsonString(s_readable) + '\n');
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>The defaults with what the file says; the defaults alone while there is no such file, so that a nightly training need not wait for the first search.</summary>
    /// <exception cref="InputException">It is no such file, or names a setting that is none.</exception>
    public static RetrievalOptions Read(string? path)
    {
        var options = new RetrievalOptions();
        if (path is null || !File.Exists(path))
            return options;
        try
        {
            if (JsonNode.Parse(File.ReadAllText(path))?["settings"] is not JsonObject settings)
                throw new InputException($"--tuned {path} has no settings: it is not of `trainer tune`");
            return settings.Aggregate(options, static (changed, one) => With(changed, one.Key, one.Value is null ? throw new FormatException($"{one.Key} has no value") : (float)one.Value));
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InputException($"--tuned {path} is not of `trainer tune`: {broken.Message}", broken);
        }
    }

    private static JsonObject Quality(PairedQuality quality) => new()
    {
        ["people"] = quality.People,
        ["ndcg_at_10_before"] = Math.Round(quality.Before, 5),
        ["ndcg_at_10_after"] = Math.Round(quality.After, 5),
        ["standard_error_of_difference"] = Math.Round(quality.Error, 5),
    };

    private static RetrievalOptions With(RetrievalOptions options, string name, float value) => name switch
    {
        "als_factors" => options with { Als = options.Als with { Factors = (int)value } },
        "als_regularisation" => options with { Als = options.Als with { Regularisation = value } },
        "als_alpha" => options with { Als = options.Als with { Alpha = value } },
        "als_frequency_scaling" => options with { Als = options.Als with { FrequencyScaling = value } },
        "ease_lambda" => options with { EaseLambda = value },
        "ease_words" => options with { EaseWords = value },
        _ => throw new ArgumentException($"there is no setting '{name}'"),
    };
}
