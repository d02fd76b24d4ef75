using System.Collections.Concurrent;
using System.Threading.Channels;
using Splitrail.Local.Sidecar.Invocation;
using Splitrail.Local.Sidecar.Resources;

namespace Splitrail.Local.Sidecar.PubSub;

/// <summary>Takes messages of one subscription from the log, delivers them with bounded concurrency and settles what became of them.</summary>
internal sealed partial class SubscriptionPump(
    SubscriptionSpec subscription, PubSubComponent component, string appId, BrokerLog broker, Delivery delivery, BulkDelivery bulk, AppWatch app, SidecarMetrics metrics, ILogger logger)
    : IDisposable
{
    /// <summary>Overdue messages are looked for at least so often.</summary>
    private static readonly TimeSpan IdlePoll = TimeSpan.FromMilliseconds(250);

    /// <summary>So many deliveries of a message may share a batch with others.</summary>
    private const int InCompany = 3;

    private readonly TopicName _topic = new(subscription.PubsubName, subscription.Topic);
    private readonly ConcurrentDictionary<long, byte> _held = new();
    private readonly Channel<BrokerMessage> _queue = Channel.CreateUnbounded<BrokerMessage>();
    private readonly SemaphoreSlim _signal = new(0);

    public TopicName Topic => _topic;

    private int Concurrency => Math.Max(1, component.Concurrency);

    /// <summary>On Redis a batch is never larger than the component's concurrency: each of its messages waits in a handler of its own.</summary>
    private int BatchSize => subscription.Bulk is not { } bulk ? 1 : component.IsWeakest ? Math.Min(bulk.MaxMessages, Concurrency) : bulk.MaxMessages;

    /// <summary>Two rounds are held, so that the next message is there when a handler is done; Redis's semantics hold one.</summary>
    private int Capacity => component.IsWeakest ? Concurrency : 2 * Math.Max(Concurrency, BatchSize);

    public void Wake()
    {
        if (_signal.CurrentCount == 0)
            _signal.Release();
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        // Batches go one after the other, as daprd's do.
        var workers = subscription.Bulk is { } bulk
            ? [Task.Run(() => BatchAsync(bulk, stopping), CancellationToken.None)]
            : Enumerable.Range(0, Concurrency).Select(_ => Task.Run(() => WorkAsync(stopping), CancellationToken.None)).ToList();
        if (!component.IsWeakest)
            workers.Add(RenewAsync(stopping));
        while (!stopping.IsCancellationRequested)
            await FetchAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _queue.Writer.Complete();
        await Task.WhenAll(workers).ConfigureAwait(false);
        foreach (var id in _held.Keys)
            await broker.ReturnAsync(_topic, appId, id, TimeSpan.Zero, uncounted: true).ConfigureAwait(false);
    }

    public void Dispose() => _signal.Dispose();

    private async Task FetchAsync(CancellationToken stopping)
    {
        if (!app.IsUp)
            await app.UntilUpAsync(stopping).ConfigureAwait(false);
        var room = Capacity - _held.Count;
        if (room <= 0 || !broker.HasWork(_topic, appId))
        {
            await _signal.WaitAsync(IdlePoll, stopping).ConfigureAwait(false);
            return;
        }

        foreach (var message in await broker.LeaseAsync(_topic, appId, room, component.ProcessingTimeout).ConfigureAwait(false))
        {
            _held[message.Id] = 0;
            _queue.Writer.TryWrite(message);
        }
    }

    private async Task WorkAsync(CancellationToken stopping)
    {
        await foreach (var message in _queue.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            if (stopping.IsCancellationRequested)
                return;
            try
            {
                await HandleAsync(message, stopping).ConfigureAwait(false);
                _held.TryRemove(message.Id, out _);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // Still held: it is given back when the pump ends.
                return;
            }
#pragma warning disable CA1031 // A worker must outlive one message; its lease runs out and brings it back.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                LogFailed(logger, fault, message.Id, _topic.Topic);
                _held.TryRemove(message.Id, out _);
            }

            Wake();
        }
    }

    private async Task BatchAsync(BulkSpec spec, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested && await _queue.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            var batch = await CollectAsync(spec, stopping).ConfigureAwait(false);
            try
            {
                await HandleAsync(batch, stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // Still held: all of it is given back when the pump ends.
                return;
            }
#pragma warning disable CA1031 // As for single messages: the leases run out and bring the batch back.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                LogFailed(logger, fault, batch[0].Id, _topic.Topic);
            }

            foreach (var message in batch)
                _held.TryRemove(message.Id, out _);
            Wake();
        }
    }

    /// <summary>What comes within the wait after the first message, up to the size of a batch. A message that came back often travels alone: it may be what kills its handler.</summary>
    private async Task<List<BrokerMessage>> CollectAsync(BulkSpec spec, CancellationToken stopping)
    {
        List<BrokerMessage> batch = [];
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limited.CancelAfter(spec.MaxAwait);
        while (batch.Count < BatchSize)
        {
            if (_queue.Reader.TryPeek(out var next) && next.Attempt > InCompany && batch.Count > 0)
                break;
            if (_queue.Reader.TryRead(out var message))
            {
                batch.Add(message);
                if (message.Attempt > InCompany)
                    break;
            }
            else if (limited.IsCancellationRequested || !await IsThereMoreAsync(limited.Token).ConfigureAwait(false))
                break;
        }

        return batch;
    }

    private async Task<bool> IsThereMoreAsync(CancellationToken limited)
    {
        try
        {
            return await _queue.Reader.WaitToReadAsync(limited).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task HandleAsync(List<BrokerMessage> batch, CancellationToken stopping)
    {
        foreach (var message in batch.Where(IsWornOut))
            await SettleAsync(message, DeliveryEnd.Failed).ConfigureAwait(false);
        batch = [.. batch.Where(message => !IsWornOut(message))];
        if (batch.Count == 0)
            return;
        var ends = app.IsUp
            ? await bulk.DeliverAsync(subscription, batch, stopping).ConfigureAwait(false)
            : [.. batch.Select(static _ => DeliveryEnd.AppAway)];
        await Task.WhenAll(batch.Select((message, i) => EndAsync(message, ends[i]))).ConfigureAwait(false);
    }

    private async Task HandleAsync(BrokerMessage message, CancellationToken stopping)
    {
        if (IsWornOut(message))
        {
            await SettleAsync(message, DeliveryEnd.Failed).ConfigureAwait(false);
            return;
        }

        await EndAsync(message, app.IsUp ? await delivery.DeliverAsync(subscription, message, stopping).ConfigureAwait(false) : DeliveryEnd.AppAway).ConfigureAwait(false);
    }

    /// <summary>Delivered so often without an end that it may be what kills its handler.</summary>
    private bool IsWornOut(BrokerMessage message) => component.MaxDeliveries > 0 && message.Attempt > component.MaxDeliveries && subscription.DeadLetterTopic is not null;

    private Task EndAsync(BrokerMessage message, DeliveryEnd end)
    {
        metrics.CountDelivered(_topic.PubsubName, _topic.Topic, end switch
        {
            DeliveryEnd.Acknowledged => "success",
            DeliveryEnd.Dropped or DeliveryEnd.Lost => "drop",
            _ => "retry",
        });
        return SettleAsync(message, end);
    }

    private Task SettleAsync(BrokerMessage message, DeliveryEnd end)
    {
        switch (end)
        {
            case DeliveryEnd.Acknowledged:
                return broker.AcknowledgeAsync(_topic, appId, message.Id);
            case DeliveryEnd.Lost:
                LogLost(logger, message.Id, _topic.Topic);
                return broker.AcknowledgeAsync(_topic, appId, message.Id);
            case DeliveryEnd.AppAway:
                return broker.ReturnAsync(_topic, appId, message.Id, TimeSpan.Zero, uncounted: true);
            case DeliveryEnd.Dropped or DeliveryEnd.Failed when subscription.DeadLetterTopic is { } deadLetters:
                LogBuried(logger, message.Id, _topic.Topic, deadLetters);
                return broker.BuryAsync(_topic, appId, message, deadLetters);
            case DeliveryEnd.Dropped:
                return broker.AcknowledgeAsync(_topic, appId, message.Id);
            default:
                return component.IsWeakest
                    ? Task.CompletedTask
                    : broker.ReturnAsync(_topic, appId, message.Id, component.RedeliverInterval, uncounted: false);
        }
    }

    private async Task RenewAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(component.ProcessingTimeout / 3);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false))
            {
                if (!_held.IsEmpty)
                    await broker.RenewAsync(_topic, appId, [.. _held.Keys], component.ProcessingTimeout).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The pump stops.
        }
    }

    [LoggerMessage(3301, LogLevel.Error, "Message {MessageId} of {Topic} could not be settled; it comes again when its lease runs out")]
    private static partial void LogFailed(ILogger logger, Exception fault, long messageId, string topic);

    [LoggerMessage(3302, LogLevel.Warning, "The app answered 404 to message {MessageId} of {Topic}: it is dropped for good")]
    private static partial void LogLost(ILogger logger, long messageId, string topic);

    [LoggerMessage(3303, LogLevel.Warning, "Message {MessageId} of {Topic} goes to the dead letters {DeadLetterTopic}")]
    private static partial void LogBuried(ILogger logger, long messageId, string topic, string deadLetterTopic);
}
