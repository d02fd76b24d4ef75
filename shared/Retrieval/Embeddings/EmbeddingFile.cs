using Splitrail.Models;
using Splitrail.Retrieval.Vectors;

namespace Splitrail.Retrieval.Embeddings;

/// <summary>From a file of any kind to an index: an imported one is built, a <c>.vectors</c> file, which the trainer makes, is mapped.</summary>
public static class EmbeddingFile
{
    public const string Extension = ".vectors";

    /// <summary>The file of a model version of type embedding.</summary>
    public const string ModelFileName = "embeddings.vectors";

    /// <param name="folder">Folder of model versions.</param>
    /// <param name="version">The version.</param>
    public static string InVersion(string folder, string version) => Path.Combine(folder, version, ModelFileName);

    /// <param name="path">Ends in .jsonl, .npy or .vectors.</param>
    /// <param name="options">How an index is chosen and built; an index file has been.</param>
    /// <exception cref="EmbeddingException">The file is missing, cut or wrong; the message names it and says where.</exception>
    public static EmbeddingIndex Open(string path, VectorIndexOptions options)
    {
        if (!path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
            return Build(EmbeddingImport.Read(path), options);
        try
        {
            var (index, items) = VectorIndexFile.OpenNamed(path);
            return new EmbeddingIndex(items ?? throw new EmbeddingException($"'{path}' does not say which items its vectors are of."), index);
        }
        catch (ModelException fault)
        {
            throw new EmbeddingException(fault.Message, fault);
        }
    }

    public static EmbeddingIndex Build(EmbeddingSet set, VectorIndexOptions options) => new(set.Items, VectorIndexes.Build(set.Rows, options));

    public static void Write(string path, EmbeddingIndex embeddings) => VectorIndexFile.Write(path, embeddings.Index, embeddings.Items);
}
