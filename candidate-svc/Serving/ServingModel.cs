using System.Collections.Frozen;
using Splitrail.Hosting;

namespace Splitrail.CandidateSvc.Serving;

/// <summary>The one reference that requests read and <see cref="ModelKeeper"/> swaps.</summary>
internal sealed class ServingModel(CandidateMetrics metrics) : IDependencyCheck
{
    private volatile Loaded? _loaded;
    private volatile string? _fault;

    public string Name => "model";

    /// <summary>Production; null until the first model and catalogue are there.</summary>
    public ServingState? Current => _loaded?.Production;

    /// <param name="version">As the caller's snapshot names it; null is production. One that is not loaded gives production, which the answer shows.</param>
    public ServingState? For(string? version)
    {
        if (_loaded is not { } loaded || version is null)
            return _loaded?.Production;
        if (loaded.Versions.TryGetValue(version, out var state))
            return state;
        metrics.Fallback("unknown_model");
        return loaded.Production;
    }

    /// <param name="production">Serves whoever names no version.</param>
    /// <param name="all">All that are loaded, production among them.</param>
    public void Swap(ServingState production, IEnumerable<ServingState> all) =>
        _loaded = new Loaded(production, all.ToFrozenDictionary(static state => state.Version, StringComparer.Ordinal));

    /// <summary>Why what is wanted is not what is served; null when it is.</summary>
    public void Report(string? fault) => _fault = fault;

    public ValueTask<DependencyStatus> CheckAsync(CancellationToken cancellationToken) => ValueTask.FromResult((_loaded, _fault) switch
    {
        (null, null) => DependencyStatus.Degraded("no model yet"),
        ({ } loaded, null) => DependencyStatus.Healthy($"version {loaded}, catalogue {loaded.Production.Catalog.Version}"),
        (var loaded, var fault) => DependencyStatus.Degraded($"{fault}; serving {loaded?.ToString() ?? "nothing"}"),
    });

    private sealed record Loaded(ServingState Production, FrozenDictionary<string, ServingState> Versions)
    {
        public override string ToString() =>
            Versions.Count == 1 ? Production.Version : $"{Production.Version} (also loaded: {string.Join(", ", Versions.Keys.Where(version => version != Production.Version).Order(StringComparer.Ordinal))})";
    }
}
