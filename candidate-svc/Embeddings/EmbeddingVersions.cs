using Splitrail.Models;
using Splitrail.Retrieval.Embeddings;

namespace Splitrail.CandidateSvc.Embeddings;

/// <summary>Embeddings of the models folder in memory, by version: a rollback to one that is still there waits for no file. Used by one thread.</summary>
internal sealed class EmbeddingVersions(ModelStore store, CandidateOptions options)
{
    private readonly Dictionary<string, EmbeddingIndex> _loaded = new(StringComparer.Ordinal);

    public EmbeddingIndex? Find(string version) => _loaded.GetValueOrDefault(version);

    /// <exception cref="ModelException">The version is missing or damaged.</exception>
    /// <exception cref="EmbeddingException">Its vectors cannot be taken.</exception>
    public void Load(string version)
    {
        store.Verify(version);
        _loaded[version] = EmbeddingFile.Open(EmbeddingFile.InVersion(store.Folder, version), options.ToIndexOptions());
    }

    public void Keep(IReadOnlyCollection<string> wanted)
    {
        foreach (var version in _loaded.Keys.Where(version => !wanted.Contains(version)).ToArray())
            _loaded.Remove(version);
    }
}
