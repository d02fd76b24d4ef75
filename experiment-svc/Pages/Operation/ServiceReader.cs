using System.Text.Json;
using Splitrail.Contracts;
using Splitrail.Dapr;

namespace Splitrail.ExperimentSvc.Pages.Operation;

/// <summary>Asks the services how they are, through the sidecar. One that does not answer in time empties its own row only.</summary>
internal sealed class ServiceReader(DaprClient dapr)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1.5);

    private static readonly string[] s_apps = [AppIds.Gateway, AppIds.Candidate, AppIds.Ranking, AppIds.Feature, AppIds.Experiment];

    public async Task<IReadOnlyList<ServiceHealth>> HealthAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(s_apps.Select(app => AskAsync(app, "/health", text => ReadHealth(app, text), why => ServiceHealth.Away(app, why), cancellationToken)));

    /// <summary>Null when the service does not answer.</summary>
    public Task<MetricText?> MetricsAsync(string app, CancellationToken cancellationToken) =>
        AskAsync<MetricText?>(app, "/metrics", MetricText.Parse, static _ => null, cancellationToken);

    /// <summary>Null when the gateway does not answer.</summary>
    public Task<IReadOnlyList<CacheRow>?> CachesAsync(CancellationToken cancellationToken) => AskAsync<IReadOnlyList<CacheRow>?>(AppIds.Gateway, "/cache_stats", ReadCaches, static _ => null, cancellationToken);

    private async Task<T> AskAsync<T>(string app, string path, Func<string, T> read, Func<string, T> otherwise, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        var answer = await dapr.GetTextFromApiAsync(app, path, patience.Token);
        if (!answer.TryGetValue(out var text, out var fault))
            return otherwise(fault.Kind == DaprFaultKind.DeadlineExceeded ? $"no answer within {s_patience.TotalSeconds} s" : fault.Kind.ToString());
        try
        {
            return read(text);
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return otherwise($"its answer cannot be read: {wrong.Message}");
        }
    }

    private static ServiceHealth ReadHealth(string app, string text)
    {
        using var answer = JsonDocument.Parse(text);
        var checks = answer.RootElement.GetProperty("checks").EnumerateObject()
            .Select(static check => new HealthCheck(check.Name, check.Value.GetProperty("status").GetString() == "healthy", check.Value.GetProperty("detail").GetString() ?? ""));
        return new ServiceHealth(app, answer.RootElement.GetProperty("status").GetString() == "healthy" ? "healthy" : "degraded", [.. checks], null);
    }

    private static CacheRow[] ReadCaches(string text)
    {
        using var answer = JsonDocument.Parse(text);
        return
        [
            .. answer.RootElement.EnumerateObject().Select(static cache => new CacheRow(
                cache.Name, cache.Value.GetProperty("enabled").GetBoolean(), cache.Value.GetProperty("hits").GetInt64(), cache.Value.GetProperty("misses").GetInt64(), cache.Value.GetProperty("size").GetInt64(),
                cache.Value.GetProperty("capacity").GetInt64(), cache.Value.GetProperty("ttl_seconds").GetDouble())),
        ];
    }
}
