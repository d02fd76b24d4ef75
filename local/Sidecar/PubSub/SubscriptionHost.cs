using System.Collections.Concurrent;
using Splitrail.Local.Sidecar.Invocation;
using Splitrail.Local.Sidecar.Resources;

namespace Splitrail.Local.Sidecar.PubSub;

/// <summary>Starts the subscriptions once the app listens, and keeps the log short.</summary>
internal sealed partial class SubscriptionHost(
    SidecarOptions options,
    ResourceFolder resources,
    IReadOnlyDictionary<string, PubSubComponent> components,
    BrokerLog broker,
    BrokerTrim trim,
    AppSubscriptions asked,
    AppWatch app,
    Delivery delivery,
    BulkDelivery bulk,
    SidecarMetrics metrics,
    TimeProvider time,
    ILogger<SubscriptionHost> logger) : BackgroundService
{
    /// <summary>How long a commit of another process may go unnoticed.</summary>
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(40);

    private static readonly TimeSpan TrimInterval = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<TopicName, byte> _topics = new();
    private IReadOnlyList<SubscriptionPump> _pumps = [];

    public IReadOnlyList<SubscriptionSpec> Active { get; private set; } = [];

    /// <summary>Something was published here: subscribers of this sidecar need not wait for the watch.</summary>
    public void Notice(TopicName topic)
    {
        _topics.TryAdd(topic, 0);
        foreach (var pump in _pumps)
        {
            if (pump.Topic == topic)
                pump.Wake();
        }
    }

    public override void Dispose()
    {
        foreach (var pump in _pumps)
            pump.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await AnnounceGroupsAsync().ConfigureAwait(false);
        var trimming = TrimAsync(stoppingToken);
        if (options.AppPort != 0)
        {
            await app.UntilUpAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested)
                await DeliverAsync(stoppingToken).ConfigureAwait(false);
        }

        await trimming.ConfigureAwait(false);
    }

    /// <summary>Declared groups exist from the first start of anybody, so that nothing is trimmed before their app has ever run.</summary>
    private async Task AnnounceGroupsAsync()
    {
        foreach (var subscription in resources.Subscriptions.Where(IsKnown))
            await broker.EnsureGroupAsync(new TopicName(subscription.PubsubName, subscription.Topic), options.AppId).ConfigureAwait(false);
        foreach (var subscription in resources.SubscriptionsOfOthers.Where(Reaches))
        {
            foreach (var appId in subscription.Scopes)
                await broker.EnsureGroupAsync(new TopicName(subscription.PubsubName, subscription.Topic), appId).ConfigureAwait(false);
        }
    }

    private async Task DeliverAsync(CancellationToken stopping)
    {
        var told = await asked.AskAsync(stopping).ConfigureAwait(false);
        Active = [.. resources.Subscriptions.Concat(told).Where(IsKnown)];
        foreach (var subscription in Active)
            await broker.EnsureGroupAsync(new TopicName(subscription.PubsubName, subscription.Topic), options.AppId).ConfigureAwait(false);
        _pumps = [.. Active.Select(one => new SubscriptionPump(one, components[one.PubsubName], options.AppId, broker, delivery, bulk, app, metrics, logger))];
        foreach (var subscription in Active)
        {
            _topics.TryAdd(new TopicName(subscription.PubsubName, subscription.Topic), 0);
            if (subscription.DeadLetterTopic is { } deadLetters)
                _topics.TryAdd(new TopicName(subscription.PubsubName, deadLetters), 0);
            LogSubscribed(logger, options.AppId, subscription.Topic, subscription.PubsubName);
        }

        if (_pumps.Count > 0)
            await Task.WhenAll(_pumps.Select(pump => pump.RunAsync(stopping)).Append(WatchAsync(stopping))).ConfigureAwait(false);
    }

    /// <summary>An unknown component or an empty topic is skipped, as daprd does, and said where the subscription is this app's own.</summary>
    private bool IsKnown(SubscriptionSpec subscription)
    {
        if (Reaches(subscription))
            return true;
        LogSkipped(logger, subscription.Topic, subscription.PubsubName);
        return false;
    }

    private bool Reaches(SubscriptionSpec subscription) =>
        subscription.Topic.Length > 0 && components.TryGetValue(subscription.PubsubName, out var component) && component.MaySubscribe(options.AppId, subscription.Topic);

    private async Task WatchAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(WatchInterval, time);
        var seen = 0L;
        while (await NextAsync(timer, stopping).ConfigureAwait(false))
        {
            var version = broker.Version();
            if (version == seen)
                continue;
            seen = version;
            foreach (var pump in _pumps)
                pump.Wake();
        }
    }

    private async Task TrimAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TrimInterval, time);
        while (await NextAsync(timer, stopping).ConfigureAwait(false))
        {
            foreach (var topic in _topics.Keys)
            {
                if (components.TryGetValue(topic.PubsubName, out var component))
                    await trim.RunAsync(topic, component.MaxLength).ConfigureAwait(false);
            }
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(3311, LogLevel.Information, "{AppId} is subscribed to {Topic} of {Pubsub}")]
    private static partial void LogSubscribed(ILogger logger, string appId, string topic, string pubsub);

    [LoggerMessage(3312, LogLevel.Warning, "The subscription to '{Topic}' of '{Pubsub}' is skipped: no such component for this app, no topic, or not allowed")]
    private static partial void LogSkipped(ILogger logger, string topic, string pubsub);
}
