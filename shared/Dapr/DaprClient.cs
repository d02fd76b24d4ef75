using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Splitrail.Dapr;

/// <summary>
/// The sidecar's public HTTP API, typed. Method names and semantics follow the Dapr .NET SDK; expected faults are values, never exceptions.
/// Timeouts, retries and breakers live in the sidecar's resiliency.yaml, so this class has none: the caller's token says how long he waits.
/// </summary>
public sealed partial class DaprClient(HttpClient http, DaprMetrics metrics)
{
    /// <summary>A sidecar that does not even keep its own timeouts must not hold calls for ever.</summary>
    private static readonly TimeSpan s_longestLeft = TimeSpan.FromSeconds(5);

    /// <summary>Calls <c>POST /path</c> of another app.</summary>
    /// <param name="appId">Who is called.</param>
    /// <param name="path">Absolute path at the callee; it is fixed, because the breaker is kept per app and path.</param>
    /// <param name="body">Sent as JSON.</param>
    /// <param name="requestType">How to write the body.</param>
    /// <param name="responseType">How to read the answer.</param>
    /// <param name="cancellationToken">
    /// The caller's deadline: then nobody waits any more, but the call goes on to its end. daprd takes a call that its caller cut for a failure of the callee, and five stages in a row
    /// that ran out of their milliseconds would open the breaker for everybody.
    /// </param>
    public async Task<DaprResult<TResponse>> InvokeMethodAsync<TRequest, TResponse>(
        string appId,
        string path,
        TRequest body,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<TResponse> responseType,
        CancellationToken cancellationToken = default)
    {
        var limit = new CancellationTokenSource();
        var call = InvokeAsync(appId, path, JsonBody.Of(body, requestType), responseType, limit.Token);
        try
        {
            return await call.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            limit.CancelAfter(s_longestLeft);
            metrics.CountFault(appId, DaprFaultKind.DeadlineExceeded);
            return DaprFault.DeadlinePassed;
        }
    }

    private async Task<DaprResult<TResponse>> InvokeAsync<TResponse>(
        string appId, string path, HttpContent body, JsonTypeInfo<TResponse> type, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, InvokeUri(appId, path)) { Content = body };
        using var answer = await SendAsync(appId, request, cancellationToken).ConfigureAwait(false);
        return answer.Fault is { } fault ? fault : Read(appId, answer, type);
    }

    /// <summary>Publishes one event; success means the broker has it for good.</summary>
    /// <param name="pubsubName">The component.</param>
    /// <param name="topicName">The topic.</param>
    /// <param name="data">Becomes the CloudEvent's <c>data</c>.</param>
    /// <param name="type">How to write the data.</param>
    /// <param name="metadata">Of the component, for example <c>ttlInSeconds</c>, or <c>cloudevent.id</c> to override the envelope.</param>
    /// <param name="cancellationToken">The caller's deadline.</param>
    public Task<DaprResult> PublishEventAsync<T>(
        string pubsubName,
        string topicName,
        T data,
        JsonTypeInfo<T> type,
        IReadOnlyDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default) =>
        SendForStatusAsync(pubsubName, HttpMethod.Post, $"/v1.0/publish/{pubsubName}/{topicName}{Query(metadata)}", JsonBody.Of(data, type), null, cancellationToken);

    private static Uri InvokeUri(string appId, string path) =>
        new(string.Concat("/v1.0/invoke/", appId, path.StartsWith('/') ? "/method" : "/method/", path), UriKind.Relative);

    private async Task<DaprResult> SendForStatusAsync(
        string target, HttpMethod method, string path, HttpContent? content, string? etag, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        if (etag is not null)
            request.Headers.TryAddWithoutValidation("If-Match", etag);
        using var answer = await SendAsync(target, request, cancellationToken).ConfigureAwait(false);
        return new DaprResult(answer.Fault);
    }

    private async Task<SidecarAnswer> SendAsync(string target, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await ExchangeAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.Fault is { } fault)
            metrics.CountFault(target, fault.Kind);
        return answer;
    }

    private async Task<SidecarAnswer> ExchangeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        PooledBuffer? body = null;
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            body = new PooledBuffer((int)Math.Clamp(response.Content.Headers.ContentLength ?? 4096, 256, 1 << 20) + 1);
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await body.ReadAsync(stream, cancellationToken).ConfigureAwait(false);
            var fault = response.IsSuccessStatusCode ? null : SidecarFaults.Read(response.StatusCode, body.Span);
            return new SidecarAnswer(response.StatusCode, body, ETag(response), fault);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            body?.Dispose();
            return new SidecarAnswer(null, null, null, DaprFault.DeadlinePassed);
        }
        catch (Exception away) when (away is HttpRequestException or IOException or OperationCanceledException)
        {
            body?.Dispose();
            return new SidecarAnswer(null, null, null, new DaprFault(DaprFaultKind.SidecarAway, null, null, away.Message));
        }
    }

    private DaprResult<T> Read<T>(string target, SidecarAnswer answer, JsonTypeInfo<T> type)
    {
        try
        {
            if (JsonSerializer.Deserialize(answer.Body, type) is { } value)
                return value;
            return Bad(target, answer, "the answer is null");
        }
        catch (JsonException fault)
        {
            return Bad(target, answer, fault.Message);
        }
    }

    private DaprFault Bad(string target, SidecarAnswer answer, string why)
    {
        metrics.CountFault(target, DaprFaultKind.BadAnswer);
        var start = Encoding.UTF8.GetString(answer.Body[..Math.Min(answer.Body.Length, 256)]);
        return new DaprFault(DaprFaultKind.BadAnswer, answer.Status, null, $"{why} Body: {start}");
    }

    /// <summary>The sidecar's tag is unquoted, which the typed header refuses; it is an opaque string here.</summary>
    private static string? ETag(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("ETag", out var values) ? values.ToString() : null;

    private static string Query(IReadOnlyDictionary<string, string>? metadata) => metadata is not { Count: > 0 }
        ? ""
        : "?" + string.Join('&', metadata.Select(pair => $"metadata.{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));

    /// <summary>One exchange: a body to read, or a fault.</summary>
    private readonly struct SidecarAnswer(HttpStatusCode? status, PooledBuffer? body, string? etag, DaprFault? fault) : IDisposable
    {
        public HttpStatusCode? Status => status;

        public ReadOnlySpan<byte> Body => body is null ? default : body.Span;

        public string? ETag => etag;

        public DaprFault? Fault => fault;

        public void Dispose() => body?.Dispose();
    }
}
