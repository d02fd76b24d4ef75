using Splitrail.Contracts;
using Splitrail.Dapr;

namespace Splitrail.Gateway.Sessions;

/// <summary>
/// Tells the state store of guests' sessions, in batches. Writing one twice changes nothing, so a batch is tried again while the store is away.
/// </summary>
internal sealed partial class GuestSessionWriter(
    GuestSessions sessions, DaprClient dapr, GatewayOptions options, GatewayMetrics metrics, TimeProvider time, ILogger<GuestSessionWriter> logger) : BackgroundService
{
    private static readonly TimeSpan s_retryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_flushTime = TimeSpan.FromSeconds(2);

    private bool _storeAway;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        sessions.Complete();
        if (ExecuteTask is { } running)
            await running.WaitAsync(s_flushTime, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<string>(options.ExposureBatchSize);
        // Not ended by the token: what waits when the gateway stops is still to be stored.
        while (await sessions.ToStore.WaitToReadAsync(CancellationToken.None))
        {
            await Task.Delay(options.ExposureBatchDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (batch.Count < options.ExposureBatchSize && sessions.ToStore.TryRead(out var session))
                batch.Add(session);
            while (!await TryStoreAsync(batch))
            {
                if (stoppingToken.IsCancellationRequested)
                {
                    metrics.GuestSession("lost", batch.Count + sessions.ToStore.Count);
                    return;
                }

                await Task.Delay(s_retryDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            batch.Clear();
        }
    }

    private async Task<bool> TryStoreAsync(List<string> batch)
    {
        using var limit = new CancellationTokenSource(options.PublishTimeout, time);
        var session = new GuestSession(time.GetUtcNow().ToUnixTimeMilliseconds());
        var started = time.GetTimestamp();
        var result = await dapr.SaveBulkStateAsync(
            Components.StateStore,
            [.. batch.Select(id => StateOperation.Upsert(GuestSessions.KeyOf(id), session, ContractsJson.Default.GuestSession, timeToLive: options.SessionLife))],
            limit.Token);
        metrics.CacheOperation(GuestSessions.CacheName, "set", time.GetElapsedTime(started));
        // What is refused (there is no such store, say) would be refused again.
        var isDone = result.Fault is not { Kind: not DaprFaultKind.Refused };
        if (isDone)
            metrics.GuestSession(result.IsSuccess ? "stored" : "refused", batch.Count);
        if (result.IsSuccess == _storeAway)
            LogChange(result.Fault);
        _storeAway = !result.IsSuccess;
        return isDone;
    }

    private void LogChange(DaprFault? fault)
    {
        if (fault is null)
            StoreThere(logger);
        else
            StoreAway(logger, fault);
    }

    [LoggerMessage(EventId = 130, Level = LogLevel.Warning, Message = "Guests' sessions cannot be stored and wait; who logs in at another replica may get another arm: {Fault}")]
    private static partial void StoreAway(ILogger logger, DaprFault fault);

    [LoggerMessage(EventId = 131, Level = LogLevel.Information, Message = "Guests' sessions are stored again")]
    private static partial void StoreThere(ILogger logger);
}
