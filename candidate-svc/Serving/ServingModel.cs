using Splitrail.Hosting;

namespace Splitrail.CandidateSvc.Serving;

/// <summary>The one reference that requests read and <see cref="ModelKeeper"/> swaps.</summary>
internal sealed class ServingModel : IDependencyCheck
{
    private volatile ServingState? _state;
    private volatile string? _fault;

    public string Name => "model";

    /// <summary>Null until the first model and catalogue are there.</summary>
    public ServingState? Current => _state;

    public void Swap(ServingState state) => _state = state;

    /// <summary>Why the wanted model is not the one served; null when it is.</summary>
    public void Report(string? fault) => _fault = fault;

    public ValueTask<DependencyStatus> CheckAsync(CancellationToken cancellationToken) => ValueTask.FromResult((_state, _fault) switch
    {
        (null, null) => DependencyStatus.Degraded("no model yet"),
        ({ } state, null) => DependencyStatus.Healthy($"version {state.Version}, catalogue {state.Catalog.Version}"),
        (var state, var fault) => DependencyStatus.Degraded($"{fault}; serving {state?.Version ?? "nothing"}"),
    });
}
