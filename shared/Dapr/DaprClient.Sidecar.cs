using System.Text.Json;

namespace Splitrail.Dapr;

public sealed partial class DaprClient
{
    /// <summary>True when the sidecar can take outgoing calls. It does not ask back whether this app is up, so it may be used in this app's own readiness.</summary>
    public async Task<bool> IsHealthyAsync(CancellationToken cancellationToken = default) =>
        (await SendForStatusAsync("sidecar", HttpMethod.Get, "/v1.0/healthz/outbound", null, null, cancellationToken).ConfigureAwait(false)).IsSuccess;

    /// <summary>What the sidecar says of itself: id, version, components, subscriptions.</summary>
    public async Task<DaprResult<JsonElement>> GetMetadataAsync(CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/v1.0/metadata", UriKind.Relative));
        using var answer = await SendAsync("sidecar", request, cancellationToken).ConfigureAwait(false);
        if (answer.Fault is { } fault)
            return fault;
        try
        {
            var reader = new Utf8JsonReader(answer.Body);
            return JsonElement.ParseValue(ref reader);
        }
        catch (JsonException bad)
        {
            return Bad("sidecar", answer, bad.Message);
        }
    }

    /// <summary>Ends the sidecar: a Job must, or its pod never completes.</summary>
    public Task<DaprResult> ShutdownSidecarAsync(CancellationToken cancellationToken = default) =>
        SendForStatusAsync("sidecar", HttpMethod.Post, "/v1.0/shutdown", null, null, cancellationToken);
}
