using Splitrail.Contracts;
using Splitrail.Dapr;

namespace Splitrail.ExperimentSvc.Catalog;

/// <summary>
/// Keeps the categories of what the shop offers, for results that say how much of it each arm shows. A view, so this service is as ready and healthy without it as with it, and asks seldom: it is no reader of the
/// feed that serves anything.
/// </summary>
internal sealed partial class CatalogWatch(DaprClient dapr, ExperimentOptions options, TimeProvider time, ILogger<CatalogWatch> logger) : BackgroundService
{
    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private volatile OfferedItems? _current;
    private DaprFaultKind? _fault;

    /// <summary>Null until feature-svc has answered once.</summary>
    public OfferedItems? Current => _current;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await AskAsync(stoppingToken);
            var pause = _current is null && s_first < options.CatalogInterval ? s_first : options.CatalogInterval;
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(s_patience);
        var answer = await dapr.InvokeMethodAsync(
            AppIds.Feature, InnerPaths.CatalogFeed, new FeedRequest(_current?.Version ?? 0), ContractsJson.Default.FeedRequest, ContractsJson.Default.CatalogFeedResponse, limited.Token);
        if (cancellationToken.IsCancellationRequested)
            return;
        if (!answer.TryGetValue(out var change, out var fault))
        {
            if (_fault != fault.Kind)
                Away(logger, fault.Kind, _current?.Version ?? 0);
            _fault = fault.Kind;
            return;
        }

        _fault = null;
        // As of any other answer that makes no sense: the next one may.
        if (change is { Outcome: Outcomes.Changed, Items: { } items } && items.All(static item => item?.ItemId is not null))
            _current = (_current ?? OfferedItems.None).After(change);
    }

    [LoggerMessage(EventId = 392, Level = LogLevel.Information, Message = "The catalogue was not read ({Fault}); results are held against version {Version}")]
    private static partial void Away(ILogger logger, DaprFaultKind fault, long version);
}
