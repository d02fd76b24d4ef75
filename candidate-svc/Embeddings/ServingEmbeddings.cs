using Splitrail.Hosting;
using Splitrail.Retrieval.Embeddings;

namespace Splitrail.CandidateSvc.Embeddings;

/// <summary>The embeddings in service: one reference that <see cref="EmbeddingKeeper"/> swaps.</summary>
internal sealed class ServingEmbeddings : IDependencyCheck
{
    private volatile EmbeddingIndex? _current;
    private volatile string? _fault;

    public string Name => "embeddings";

    /// <summary>Null when there are none.</summary>
    public EmbeddingIndex? Current => _current;

    /// <summary>After a swap.</summary>
    public event Action? Changed;

    public void Swap(EmbeddingIndex embeddings)
    {
        (_current, _fault) = (embeddings, null);
        Changed?.Invoke();
    }

    /// <summary>Why the file that is there is not the one served.</summary>
    public void Report(string fault) => _fault = fault;

    public ValueTask<DependencyStatus> CheckAsync(CancellationToken cancellationToken) => ValueTask.FromResult((_current, _fault) switch
    {
        (null, null) => DependencyStatus.Healthy("none"),
        ({ } current, null) => DependencyStatus.Healthy($"{current.Items.Count} items x {current.Index.Rows.Width}"),
        (var current, var fault) => DependencyStatus.Degraded($"{fault} Serving {current?.Items.Count ?? 0} items."),
    });
}
