using System.Security.Cryptography;
using Splitrail.Contracts;
using Splitrail.Models;
using Splitrail.Retrieval.Embeddings;

namespace Splitrail.Trainer.Registry;

/// <summary>Where an index of embeddings goes: a file, or a version of a models folder.</summary>
/// <param name="File">Ends in .vectors; null for a version.</param>
/// <param name="Models">Folder of versions; null for a file.</param>
/// <param name="Version">Null for a file.</param>
internal sealed record EmbeddingTarget(string? File, string? Models, string? Version)
{
    /// <exception cref="InputException">It is neither, or both.</exception>
    public static EmbeddingTarget Of(string? file, string? models, string? version) => (file, models, version) switch
    {
        ({ } path, null, null) when path.EndsWith(EmbeddingFile.Extension, StringComparison.OrdinalIgnoreCase) => new(path, null, null),
        ({ } path, null, null) => throw new InputException($"--out is '{path}': give a file that ends in {EmbeddingFile.Extension}."),
        (null, { } folder, { } name) => new(null, folder, name),
        _ => throw new InputException("Give either --out, or --version and --models."),
    };

    /// <param name="embeddings">What is written.</param>
    /// <param name="source">The file they were read from; its hash goes into the manifest.</param>
    /// <param name="time">The clock.</param>
    /// <returns>Where they are.</returns>
    /// <exception cref="ModelException">There is such a version, or its name is none.</exception>
    public string Write(EmbeddingIndex embeddings, string source, TimeProvider time)
    {
        if (File is not null)
        {
            EmbeddingFile.Write(File, embeddings);
            return File;
        }

        using var draft = new ModelStore(Models!).Draft(Version!);
        EmbeddingFile.Write(Path.Combine(draft.Folder, EmbeddingFile.ModelFileName), embeddings);
        draft.Commit(Manifest(embeddings, source, time.GetUtcNow()));
        return Path.Combine(Models!, Version!);
    }

    private ModelManifest Manifest(EmbeddingIndex embeddings, string source, DateTimeOffset now)
    {
        using var stream = System.IO.File.OpenRead(source);
        return new ModelManifest(
            Version!, now, Path.GetFileName(source), Convert.ToHexStringLower(SHA256.HashData(stream)), FeatureSet: "none", embeddings.Items.Count, Events: 0, now.ToUnixTimeMilliseconds(), [],
            new Dictionary<string, double>(), new Dictionary<string, double> { ["width"] = embeddings.Index.Rows.Width }, [ModelTypes.Embedding]);
    }
}
