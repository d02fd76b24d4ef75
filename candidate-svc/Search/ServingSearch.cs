using Splitrail.Hosting;

namespace Splitrail.CandidateSvc.Search;

/// <summary>The one reference that searches read and <see cref="SearchKeeper"/> swaps.</summary>
internal sealed class ServingSearch : IDependencyCheck
{
    private volatile SearchView? _view;

    public string Name => "search";

    /// <summary>Null until the first catalogue is there.</summary>
    public SearchView? Current => _view;

    public void Swap(SearchView view) => _view = view;

    public ValueTask<DependencyStatus> CheckAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_view is { } view
        ? DependencyStatus.Healthy($"catalogue {view.Version}, {view.ItemCount} items, {view.Recent.Count} of them apart")
        : DependencyStatus.Degraded("no catalogue yet"));
}
