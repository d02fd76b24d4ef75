using Splitrail.Hosting;

namespace Splitrail.RankingSvc.Serving;

/// <summary>The one reference that requests read and <see cref="ModelKeeper"/> swaps.</summary>
internal sealed class ServingModel : IDependencyCheck, IDisposable
{
    private volatile ServingState? _state;
    private volatile string? _fault;

    public string Name => "model";

    /// <summary>What is served, held until <see cref="Release"/>; null until the first model is there.</summary>
    public ServingState? Acquire()
    {
        while (_state is { } state)
        {
            if (state.Ranker?.TryEnter() != false)
                return state;
        }

        return null;
    }

    public static void Release(ServingState state) => state.Ranker?.Leave();

    /// <summary>Puts a model in place; the old one ends with the last request on it.</summary>
    public void Swap(ServingState? state)
    {
        var old = Interlocked.Exchange(ref _state, state);
        old?.Ranker?.Dispose();
    }

    /// <summary>Why the wanted model is not the one served; null when it is.</summary>
    public void Report(string? fault) => _fault = fault;

    public ValueTask<DependencyStatus> CheckAsync(CancellationToken cancellationToken) => ValueTask.FromResult((_state, _fault) switch
    {
        (null, null) => DependencyStatus.Degraded("no model yet"),
        ({ Ranker: null } state, null) => DependencyStatus.Healthy($"version {state.Version}, which has no ranker: candidates keep their order"),
        ({ } state, null) => DependencyStatus.Healthy($"version {state.Version}"),
        (var state, var fault) => DependencyStatus.Degraded($"{fault}; serving {state?.Version ?? "nothing"}"),
    });

    public void Dispose() => Swap(null);
}
