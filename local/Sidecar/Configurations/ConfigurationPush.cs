using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using Splitrail.Local.Sidecar.Invocation;

namespace Splitrail.Local.Sidecar.Configurations;

/// <param name="Store">The component.</param>
/// <param name="Keys">Empty means all.</param>
internal sealed record ConfigurationSubscription(string Store, IReadOnlyList<string> Keys);

/// <summary>Watches the files and posts each change to the app, one call per key as daprd does.</summary>
internal sealed partial class ConfigurationPush(
    SidecarOptions options, IReadOnlyDictionary<string, ConfigurationStore> stores, AppChannel channel, TimeProvider time, ILogger<ConfigurationPush> logger) : BackgroundService
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<string, ConfigurationSubscription> _subscriptions = new();

    public string Subscribe(string store, IReadOnlyList<string> keys)
    {
        var id = Guid.NewGuid().ToString();
        _subscriptions[id] = new ConfigurationSubscription(store, keys);
        return id;
    }

    public bool Unsubscribe(string id) => _subscriptions.TryRemove(id, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (stores.Count == 0)
            return;
        using var timer = new PeriodicTimer(WatchInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                foreach (var store in stores.Values)
                {
                    foreach (var key in store.Refresh())
                        await TellAsync(store, key, stoppingToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The sidecar stops.
        }
    }

    private async Task TellAsync(ConfigurationStore store, string key, CancellationToken cancellationToken)
    {
        foreach (var (id, subscription) in _subscriptions)
        {
            if (subscription.Store == store.Name && (subscription.Keys.Count == 0 || subscription.Keys.Contains(key)) && options.AppAddress is { } address)
                await PostAsync(new Uri(address, $"/configuration/{store.Name}/{Uri.EscapeDataString(key)}"), Body(store, id, key), cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Body(ConfigurationStore store, string id, string key)
    {
        var item = store.Items.TryGetValue(key, out var found) ? ConfigurationApi.Write(found) : "{}";
        return $"{{\"id\":\"{id}\",\"items\":{{{ApiError.Text(key)}:{item}}}}}\n";
    }

    private async Task PostAsync(Uri target, string body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (options.AppApiToken is { } token)
            request.Headers.TryAddWithoutValidation("Dapr-Api-Token", token);
        try
        {
            using var answer = await channel.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode)
                LogNotTaken(logger, target.AbsolutePath, $"status {(int)answer.StatusCode}");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            LogNotTaken(logger, target.AbsolutePath, fault.Message);
        }
    }

    [LoggerMessage(3402, LogLevel.Warning, "The app did not take the change {Path}: {Fault}")]
    private static partial void LogNotTaken(ILogger logger, string path, string fault);
}
