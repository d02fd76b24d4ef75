using System.Text.Json;
using Splitrail.Local.Sidecar.Invocation;
using Splitrail.Local.Sidecar.Resources;

namespace Splitrail.Local.Sidecar.PubSub;

/// <summary>Asks the app for its configuration and its subscriptions, once: daprd does not repeat a failed question either.</summary>
internal sealed partial class AppSubscriptions(SidecarOptions options, AppChannel channel, ILogger<AppSubscriptions> logger)
{
    public async Task<IReadOnlyList<SubscriptionSpec>> AskAsync(CancellationToken cancellationToken)
    {
        await GetAsync("/dapr/config", cancellationToken).ConfigureAwait(false);
        var answer = await GetAsync("/dapr/subscribe", cancellationToken).ConfigureAwait(false);
        if (answer is null)
            return [];
        try
        {
            using var document = JsonDocument.Parse(answer);
            return document.RootElement.ValueKind == JsonValueKind.Array ? [.. document.RootElement.EnumerateArray().Select(Read)] : [];
        }
        catch (JsonException fault)
        {
            LogUnreadable(logger, fault.Message);
            return [];
        }
    }

    private static SubscriptionSpec Read(JsonElement told)
    {
        List<RouteRule> rules = [];
        string? route = Text(told, "route");
        if (told.TryGetProperty("routes", out var routes) && routes.ValueKind == JsonValueKind.Object)
        {
            route = Text(routes, "default") ?? route;
            if (routes.TryGetProperty("rules", out var list))
            {
                foreach (var rule in list.EnumerateArray())
                {
                    if (RouteRule.TryParse(Text(rule, "match") ?? "", Text(rule, "path") ?? "", out var parsed))
                        rules.Add(parsed);
                }
            }
        }

        var isRaw = told.TryGetProperty("metadata", out var metadata) && Text(metadata, "rawPayload") == "true";
        return new SubscriptionSpec(Text(told, "pubsubname") ?? "", Text(told, "topic") ?? "", rules, route, Text(told, "deadLetterTopic"), isRaw, false, [], BulkSpec.Read(told));
    }

    private async Task<byte[]?> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(options.AppAddress!, path)) { Content = new ByteArrayContent([]) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.TryAddWithoutValidation("Dapr-App-Id", options.AppId);
        if (options.AppApiToken is { } token)
            request.Headers.TryAddWithoutValidation("Dapr-Api-Token", token);
        try
        {
            using var response = await channel.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? answer : null;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            LogUnreachable(logger, path, fault.Message);
            return null;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    [LoggerMessage(3321, LogLevel.Warning, "The app's answer to /dapr/subscribe cannot be read: {Fault}")]
    private static partial void LogUnreadable(ILogger logger, string fault);

    [LoggerMessage(3322, LogLevel.Warning, "The app did not answer {Path}: {Fault}")]
    private static partial void LogUnreachable(ILogger logger, string path, string fault);
}
