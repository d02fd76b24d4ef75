using System.Net.Http.Headers;
using Splitrail.Dapr;

namespace Splitrail.Local.Sidecar.Invocation;

/// <summary>An app's whole answer, held until it is known that no retry follows.</summary>
internal sealed class AppAnswer(int status, HttpHeadersNonValidated headers, HttpHeadersNonValidated contentHeaders, PooledBuffer body) : IDisposable
{
    public int Status => status;

    /// <summary>Writes it as daprd passes it on: all headers but those of the connection.</summary>
    public async Task WriteAsync(HttpResponse response, bool isHead)
    {
        response.StatusCode = status;
        Copy(headers, response.Headers);
        Copy(contentHeaders, response.Headers);
        if (body.Length == 0)
        {
            // A HEAD keeps the length it was told; 204 and 304 must have none.
            if (!isHead && status is not (204 or 304) and >= 200)
                response.ContentLength = 0;
            return;
        }

        if (response.Headers.ContentType.Count == 0)
            response.Headers.ContentType = body.Span.ContainsAnyInRange((byte)0, (byte)8) ? "application/octet-stream" : "text/plain; charset=utf-8";
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body.Memory).ConfigureAwait(false);
    }

    public void Dispose() => body.Dispose();

    private static void Copy(HttpHeadersNonValidated from, IHeaderDictionary to)
    {
        foreach (var (name, values) in from)
        {
            // The server sets the date itself; the trace headers are the sidecar's.
            if (!HopHeaders.IsOfConnection(name) && name is not ("Date" or "Content-Length" or "Traceparent" or "traceparent"))
                to[name] = values.Count == 1 ? values.ToString() : values.ToArray();
        }
    }
}
