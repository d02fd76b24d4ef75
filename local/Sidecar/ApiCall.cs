using Microsoft.Extensions.Primitives;
using Splitrail.Dapr;

namespace Splitrail.Local.Sidecar;

/// <summary>One request to an API of the sidecar: its path in parts, its body whole.</summary>
internal sealed class ApiCall(HttpContext context, string[] parts, Trace trace) : IDisposable
{
    private PooledBuffer? _body;

    /// <summary>Decoded segments: <c>v1.0</c>, <c>state</c>, the store, …</summary>
    public string[] Parts => parts;

    public Trace Trace => trace;

    public string Verb => context.Request.Method;

    public HttpRequest Request => context.Request;

    public HttpResponse Response => context.Response;

    public CancellationToken Aborted => context.RequestAborted;

    public ReadOnlyMemory<byte> Body => _body?.Memory ?? default;

    /// <summary>The body is over the limit and was not read; daprd never answers 413.</summary>
    public bool BodyTooLarge { get; private set; }

    public string? Query(string name) => context.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    public string? Header(string name) => context.Request.Headers.TryGetValue(name, out var value) && !StringValues.IsNullOrEmpty(value) ? value.ToString() : null;

    public async Task ReadBodyAsync(int limit)
    {
        (_body, BodyTooLarge) = await ReadBodyAsync(context.Request, limit).ConfigureAwait(false);
        if (BodyTooLarge)
            context.Response.Headers.Connection = "close";
    }

    /// <summary>Reads a body of at most <paramref name="limit"/> bytes.</summary>
    public static async ValueTask<(PooledBuffer? Body, bool TooLarge)> ReadBodyAsync(HttpRequest request, int limit)
    {
        var length = request.ContentLength;
        if (length > limit)
            return (null, true);
        if (length == 0)
            return (null, false);
        var buffer = new PooledBuffer((int)(length ?? 4096) + 1);
        while (await request.Body.ReadAsync(buffer.GetMemory(), request.HttpContext.RequestAborted).ConfigureAwait(false) is var count and > 0)
        {
            buffer.Advance(count);
            if (buffer.Length <= limit)
                continue;
            buffer.Dispose();
            return (null, true);
        }

        return (buffer, false);
    }

    public void Dispose() => _body?.Dispose();
}
