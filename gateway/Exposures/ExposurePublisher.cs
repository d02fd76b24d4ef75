using Splitrail.Contracts;
using Splitrail.Dapr;

namespace Splitrail.Gateway.Exposures;

/// <summary>
/// Publishes exposures in batches, after <see cref="GatewayOptions.ExposureBatchDelay"/> or when a batch is full. While the broker is away a batch is
/// tried again (its ids stay, so that a batch which did arrive counts once) and the buffer takes what comes meanwhile.
/// </summary>
internal sealed partial class ExposurePublisher(
    ExposureLog log, DaprClient dapr, GatewayOptions options, GatewayMetrics metrics, TimeProvider time, ILogger<ExposurePublisher> logger) : BackgroundService
{
    private static readonly TimeSpan s_retryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_flushTime = TimeSpan.FromSeconds(3);

    private bool _brokerAway;

    /// <summary>Sends what is left, and gives up when the broker does not take it in time.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        log.Complete();
        if (ExecuteTask is { } running)
            await running.WaitAsync(s_flushTime, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Exposure>(options.ExposureBatchSize);
        // Not ended by the token: what is in the buffer when the gateway stops is still to be sent.
        while (await log.Reader.WaitToReadAsync(CancellationToken.None))
        {
            await CollectAsync(batch);
            while (!await TryPublishAsync(batch))
            {
                if (stoppingToken.IsCancellationRequested)
                {
                    metrics.ExposuresDropped(batch.Count + log.Reader.Count, "shutdown");
                    return;
                }

                await Task.Delay(s_retryDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            batch.Clear();
        }
    }

    /// <summary>Waits for a full batch, but no longer than the delay after the first of it.</summary>
    private async Task CollectAsync(List<Exposure> batch)
    {
        var first = time.GetTimestamp();
        while (true)
        {
            while (batch.Count < options.ExposureBatchSize && log.Reader.TryRead(out var exposure))
                batch.Add(exposure);
            var left = options.ExposureBatchDelay - time.GetElapsedTime(first);
            if (batch.Count >= options.ExposureBatchSize || left <= TimeSpan.Zero || log.Reader.Completion.IsCompleted)
                return;
            await Task.WhenAny(log.Reader.Completion, Task.Delay(left, time));
        }
    }

    private async Task<bool> TryPublishAsync(List<Exposure> batch)
    {
        using var limit = new CancellationTokenSource(options.PublishTimeout, time);
        var result = await dapr.PublishEventAsync(
            Topics.PubSub, Topics.Exposures, new ExposureBatch(batch), ContractsJson.Default.ExposureBatch, cancellationToken: limit.Token);
        if (result.IsSuccess)
            metrics.ExposuresPublished(batch.Count);
        if (result.IsSuccess == _brokerAway)
            LogChange(result.Fault);
        _brokerAway = !result.IsSuccess;
        return result.IsSuccess;
    }

    private void LogChange(DaprFault? fault)
    {
        if (fault is null)
            BrokerThere(logger);
        else
            BrokerAway(logger, fault);
    }

    [LoggerMessage(EventId = 120, Level = LogLevel.Warning, Message = "Exposures cannot be published and wait in the buffer: {Fault}")]
    private static partial void BrokerAway(ILogger logger, DaprFault fault);

    [LoggerMessage(EventId = 121, Level = LogLevel.Information, Message = "Exposures are published again")]
    private static partial void BrokerThere(ILogger logger);
}
