using System.Net;
using System.Text.Json;
using Yarp.ReverseProxy.Forwarder;

namespace Splitrail.Gateway.Proxy;

/// <summary>Tells the sidecar's own faults from experiment-svc's answers: it reports both as 500, and only its JSON error code tells which it is.</summary>
internal sealed class SidecarTransformer(string? apiToken) : HttpTransformer
{
    /// <summary>Key in <see cref="HttpContext.Items"/> that marks a request the sidecar could not deliver.</summary>
    public static readonly object Away = new();

    private const string TokenHeader = "dapr-api-token";
    private const int LargestFault = 1024 * 1024;

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.Headers.Host = null;
        // A caller's own word for it must not pass: it is the key to the sidecar.
        proxyRequest.Headers.Remove(TokenHeader);
        proxyRequest.Headers.Remove("dapr-app-id");
        if (apiToken is not null)
            proxyRequest.Headers.TryAddWithoutValidation(TokenHeader, apiToken);
    }

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is not null && MayBeSidecarFault(proxyResponse))
        {
            await proxyResponse.Content.LoadIntoBufferAsync(LargestFault, cancellationToken);
            if (IsSidecarFault(await proxyResponse.Content.ReadAsByteArrayAsync(cancellationToken)))
            {
                httpContext.Items[Away] = true;
                return false;
            }
        }

        return await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
    }

    private static bool MayBeSidecarFault(HttpResponseMessage answer) => answer is
    {
        StatusCode: HttpStatusCode.InternalServerError,
        Content.Headers: { ContentType.MediaType: "application/json", ContentLength: null or < LargestFault },
    };

    private static bool IsSidecarFault(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("errorCode", out var code)
                && code.ValueKind == JsonValueKind.String
                && code.GetString()!.StartsWith("ERR_", StringComparison.Ordinal);
        }
        catch (JsonException)
        {
            // Not the sidecar's words, so experiment-svc's own: they pass as they are.
            return false;
        }
    }
}
