using Splitrail.Models;
using Splitrail.Retrieval.Vectors;

namespace Splitrail.Retrieval;

/// <summary>The index over the items' factors: made once when a model is trained and kept in its folder, or made when it is missing or another kind is wanted.</summary>
public static class AlsIndex
{
    public static void Write(string folder, AlsModel model, VectorIndexOptions options) =>
        VectorIndexFile.Write(Path.Combine(folder, RetrievalFiles.AlsIndexName), Build(model, options));

    /// <summary>The folder's index when it is of the kind wanted, else a new one.</summary>
    /// <exception cref="ModelException">The file is damaged, or its vectors are not this model's.</exception>
    public static IVectorIndex Open(string folder, AlsModel model, VectorIndexOptions options)
    {
        var path = Path.Combine(folder, RetrievalFiles.AlsIndexName);
        if (!File.Exists(path))
            return Build(model, options);
        var index = VectorIndexFile.Open(path);
        if (index.Rows.Count != model.Count || index.Rows.Width != model.Factors)
            throw new ModelException($"'{path}' has {index.Rows.Count} vectors of {index.Rows.Width}, the model {model.Count} of {model.Factors}.");
        return index is IvfVectorIndex == VectorIndexes.UsesLists(model.Count, options) ? index : Build(model, options);
    }

    public static IVectorIndex Build(AlsModel model, VectorIndexOptions options) =>
        VectorIndexes.Build(FloatRows.From(model.ItemFactors, model.Factors), options);
}
