using Splitrail.Dapr;

namespace Splitrail.Gateway.Publishing;

/// <summary>
/// Publishes in batches, after <see cref="GatewayOptions.ExposureBatchDelay"/> or when a batch is full. While the broker is away a batch is
/// tried again (its ids stay, so that a batch which did arrive counts once) and the buffer takes what comes meanwhile.
/// </summary>
internal sealed partial class BatchPublisher<T>(
    PublishBuffer<T> buffer, BatchTopic<T> topic, GatewayOptions options, TimeProvider time, ILogger<BatchPublisher<T>> logger) : BackgroundService
{
    private static readonly TimeSpan s_retryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_flushTime = TimeSpan.FromSeconds(3);

    private readonly List<T> _batch = [];
    private bool _brokerAway;

    /// <summary>Sends what is left, and gives up when the broker does not take it in time.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        buffer.Complete();
        if (ExecuteTask is { } running)
            await running.WaitAsync(s_flushTime, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not ended by the token: what is in the buffer when the gateway stops is still to be sent.
        while (await buffer.Reader.WaitToReadAsync(CancellationToken.None))
        {
            await CollectAsync();
            while (!await TryPublishAsync())
            {
                if (stoppingToken.IsCancellationRequested)
                {
                    buffer.Lose(_batch.Count + buffer.Reader.Count, "shutdown");
                    return;
                }

                await Task.Delay(s_retryDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            _batch.Clear();
        }
    }

    /// <summary>Waits for a full batch, but no longer than the delay after the first of it.</summary>
    private async Task CollectAsync()
    {
        var (first, weight) = (time.GetTimestamp(), 0);
        while (true)
        {
            while (weight < topic.Largest && buffer.Reader.TryRead(out var one))
            {
                _batch.Add(one);
                weight += topic.WeightOf(one);
            }

            var left = options.ExposureBatchDelay - time.GetElapsedTime(first);
            if (weight >= topic.Largest || left <= TimeSpan.Zero || buffer.Reader.Completion.IsCompleted)
                return;
            await Task.WhenAny(buffer.Reader.Completion, Task.Delay(left, time));
        }
    }

    private async Task<bool> TryPublishAsync()
    {
        using var limit = new CancellationTokenSource(options.PublishTimeout, time);
        var result = await topic.PublishAsync(_batch, limit.Token);
        if (result.IsSuccess)
            topic.Published(_batch.Count);
        if (result.IsSuccess == _brokerAway)
            LogChange(result.Fault);
        _brokerAway = !result.IsSuccess;
        return result.IsSuccess;
    }

    private void LogChange(DaprFault? fault)
    {
        if (fault is null)
            BrokerThere(logger, topic.Noun);
        else
            BrokerAway(logger, topic.Noun, fault);
    }

    [LoggerMessage(EventId = 120, Level = LogLevel.Warning, Message = "The {Noun} cannot be published and wait in the buffer: {Fault}")]
    private static partial void BrokerAway(ILogger logger, string noun, DaprFault fault);

    [LoggerMessage(EventId = 121, Level = LogLevel.Information, Message = "The {Noun} are published again")]
    private static partial void BrokerThere(ILogger logger, string noun);
}
