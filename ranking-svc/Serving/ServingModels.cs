using Splitrail.Hosting;

namespace Splitrail.RankingSvc.Serving;

/// <summary>The one reference that requests read and <see cref="ModelKeeper"/> swaps.</summary>
internal sealed class ServingModels : IDependencyCheck, IDisposable
{
    private volatile ServedSet _set = ServedSet.Empty;
    private volatile string? _fault;

    public string Name => "model";

    public ServedSet Current => _set;

    /// <summary>The model that ranks candidates of a version, held until <see cref="ServingState.Leave"/>.</summary>
    /// <param name="candidates">The version that made the candidates; null when unknown.</param>
    /// <param name="wanted">The version the caller's snapshot names; null for production.</param>
    /// <param name="state">Null when no loaded model may rank them.</param>
    /// <returns>False while nothing is loaded at all.</returns>
    public bool TryAcquire(string? candidates, string? wanted, out ServingState? state)
    {
        ServedSet set;
        do
        {
            set = _set;
            state = set.For(candidates, wanted);
        }
        while (state?.TryEnter() == false); // retired between the two lines: the set that follows is there already

        return !set.IsEmpty;
    }

    /// <summary>Holds a loaded version until <see cref="ServingState.Leave"/>; null when it is not loaded.</summary>
    public ServingState? Acquire(string version)
    {
        while (_set.Find(version) is { } state)
        {
            if (state.TryEnter())
                return state;
        }

        return null;
    }

    /// <summary>Puts a set in place; what is not in it any more ends with the last request on it.</summary>
    public void Publish(ServedSet set)
    {
        var old = Interlocked.Exchange(ref _set, set);
        foreach (var gone in old.Loaded.Where(state => set.Find(state.Version) != state))
            gone.Ranker?.Dispose();
    }

    /// <summary>Why not all that is wanted is loaded; null when it is.</summary>
    public void Report(string? fault) => _fault = fault;

    public ValueTask<DependencyStatus> CheckAsync(CancellationToken cancellationToken) => ValueTask.FromResult(StatusOf(_set, _fault));

    public void Dispose() => Publish(ServedSet.Empty);

    private static DependencyStatus StatusOf(ServedSet set, string? fault)
    {
        var production = set.Find(set.Served.Production.Ranking);
        var text = production switch
        {
            null when set.IsEmpty => "no model yet",
            null => "not the model in production",
            { Ranker: null } => $"version {production.Version}, which has no ranker: candidates keep their order",
            _ => $"version {production.Version}",
        };
        var others = set.Loaded.Where(state => state != production).Select(static state => state.Version).Order(StringComparer.Ordinal).ToArray();
        if (others.Length > 0)
            text = $"{text}; loaded besides: {string.Join(", ", others)}";
        return fault is not null ? DependencyStatus.Degraded($"{fault}; serving {text}")
            : production is null ? DependencyStatus.Degraded(text)
            : DependencyStatus.Healthy(text);
    }
}
