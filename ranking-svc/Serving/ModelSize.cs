using Splitrail.Models;

namespace Splitrail.RankingSvc.Serving;

/// <summary>What a model will take in memory, guessed from its files before any is read.</summary>
internal static class ModelSize
{
    /// <summary>A file of floats becomes floats again, ids become strings and a table, a network is kept packed beside its file.</summary>
    private const int PerByte = 4;

    /// <summary>Null when the version is gone or its manifest cannot be read.</summary>
    public static long? Of(ModelStore store, string version)
    {
        try
        {
            return store.ReadManifest(version).Files.Where(IsRead).Sum(static file => file.Bytes) * PerByte;
        }
        catch (ModelException)
        {
            return null;
        }
    }

    private static bool IsRead(ModelFile file) => file.Name is RetrievalFiles.ItemsName or RetrievalFiles.StatisticsName or RetrievalFiles.AlsName || file.Name.EndsWith(".onnx", StringComparison.Ordinal);
}
