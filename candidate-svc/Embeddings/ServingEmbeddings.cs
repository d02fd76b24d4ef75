using Splitrail.Hosting;
using Splitrail.Retrieval.Embeddings;

namespace Splitrail.CandidateSvc.Embeddings;

/// <summary>The embeddings in service: one reference that <see cref="EmbeddingKeeper"/> swaps.</summary>
internal sealed class ServingEmbeddings : IDependencyCheck
{
    private volatile Served _served = new(null, null);
    private volatile string? _fault;

    public string Name => "embeddings";

    /// <summary>Null when there are none.</summary>
    public EmbeddingIndex? Current => _served.Index;

    /// <summary>Of the models folder; null for those of a file, and for none.</summary>
    public string? Version => _served.Version;

    /// <summary>After a swap.</summary>
    public event Action? Changed;

    public void Swap(EmbeddingIndex? embeddings, string? version)
    {
        if (_served.Index == embeddings && _served.Version == version)
            return;
        _served = new Served(embeddings, version);
        Changed?.Invoke();
    }

    /// <summary>Why what is wanted is not what is served; null when it is.</summary>
    public void Report(string? fault) => _fault = fault;

    public ValueTask<DependencyStatus> CheckAsync(CancellationToken cancellationToken) => ValueTask.FromResult((_served, _fault) switch
    {
        ({ Index: null }, null) => DependencyStatus.Healthy("none"),
        ({ Index: { } current } served, null) => DependencyStatus.Healthy($"{served.Version ?? "from a file"}: {current.Items.Count} items x {current.Index.Rows.Width}"),
        (var served, var fault) => DependencyStatus.Degraded($"{fault} Serving {served.Index?.Items.Count ?? 0} items."),
    });

    private sealed record Served(EmbeddingIndex? Index, string? Version);
}
