using Splitrail.Retrieval.Embeddings;

namespace Splitrail.CandidateSvc.Embeddings;

/// <summary>The file that <c>CandidateSvc:Embeddings</c> names, imported and indexed anew when it changed. Used by one thread.</summary>
internal sealed class EmbeddingFileWatch(string path, CandidateOptions options)
{
    private (DateTime Written, long Bytes)? _seen;

    public string Path => path;

    /// <summary>Null before the first that could be taken.</summary>
    public EmbeddingIndex? Current { get; private set; }

    /// <returns>True when there is a new one. One that cannot be taken is told of once and leaves the old one in place.</returns>
    /// <exception cref="EmbeddingException">It cannot be taken.</exception>
    public bool Look()
    {
        var file = new FileInfo(path);
        var found = file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
        if (found == _seen)
            return false;
        _seen = found;
        Current = EmbeddingFile.Open(path, options.ToIndexOptions());
        return true;
    }
}
