using System.Text;
using System.Text.Json.Serialization.Metadata;

namespace Splitrail.Dapr;

/// <summary>
/// Another app's public API: paths carry ids, and mistakes are 4xx, so these calls are for apps without a breaker. A refusal is a fault of kind <see cref="DaprFaultKind.AppError"/>
/// with the problem document as its text.
/// </summary>
public sealed partial class DaprClient
{
    /// <summary>Calls <c>GET /path</c> of another app.</summary>
    /// <param name="appId">Who is called.</param>
    /// <param name="path">Absolute and escaped, with its query.</param>
    /// <param name="responseType">How to read the answer.</param>
    /// <param name="cancellationToken">The caller's deadline; it cuts the call.</param>
    public async Task<DaprResult<TResponse>> GetFromApiAsync<TResponse>(
        string appId, string path, JsonTypeInfo<TResponse> responseType, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, InvokeUri(appId, path));
        using var answer = await SendAsync(appId, request, cancellationToken).ConfigureAwait(false);
        return answer.Fault is { } fault ? fault : Read(appId, answer, responseType);
    }

    /// <summary>The same for what is no JSON, or is read as it stands: health, metrics.</summary>
    /// <param name="appId">Who is called; of several replicas one answers.</param>
    /// <param name="path">Absolute and escaped.</param>
    /// <param name="cancellationToken">The caller's deadline; it cuts the call.</param>
    public async Task<DaprResult<string>> GetTextFromApiAsync(string appId, string path, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, InvokeUri(appId, path));
        using var answer = await SendAsync(appId, request, cancellationToken).ConfigureAwait(false);
        return answer.Fault is { } fault ? fault : Encoding.UTF8.GetString(answer.Body);
    }

    /// <summary>Calls <c>POST /path</c> of another app.</summary>
    /// <param name="appId">Who is called.</param>
    /// <param name="path">Absolute and escaped.</param>
    /// <param name="body">Sent as JSON.</param>
    /// <param name="requestType">How to write the body.</param>
    /// <param name="responseType">How to read the answer.</param>
    /// <param name="header">One more header; null for none.</param>
    /// <param name="cancellationToken">The caller's deadline; it cuts the call.</param>
    public async Task<DaprResult<TResponse>> PostToApiAsync<TRequest, TResponse>(
        string appId,
        string path,
        TRequest body,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<TResponse> responseType,
        (string Name, string Value)? header = null,
        CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, InvokeUri(appId, path)) { Content = JsonBody.Of(body, requestType) };
        if (header is { } given)
            request.Headers.TryAddWithoutValidation(given.Name, given.Value);
        using var answer = await SendAsync(appId, request, cancellationToken).ConfigureAwait(false);
        return answer.Fault is { } fault ? fault : Read(appId, answer, responseType);
    }
}
