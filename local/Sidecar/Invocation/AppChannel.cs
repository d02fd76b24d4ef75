using System.Net;
using System.Net.Sockets;

namespace Splitrail.Local.Sidecar.Invocation;

/// <summary>The connections to apps: one handler for all, tuned for many short calls on one machine.</summary>
internal sealed class AppChannel : IDisposable
{
    private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxConnectionsPerServer = 512,
        ConnectTimeout = TimeSpan.FromSeconds(2),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        // The trace context of the call is passed on as it is; the sidecar's own activity must not replace it.
        ActivityHeadersPropagator = null,
    });

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Version = HttpVersion.Version11;
        return _invoker.SendAsync(request, cancellationToken);
    }

    /// <summary>The fault as Go's HTTP client words it.</summary>
    public static string Describe(Exception fault, string verb, Uri target)
    {
        var call = $"{verb[..1]}{verb[1..].ToLowerInvariant()} \"{target.OriginalString}\": ";
        return IsRefused(fault) ? $"{call}dial tcp {target.Authority}: connect: connection refused"
            : fault is HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } or HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } ? call + "EOF"
            : fault.GetBaseException() is SocketException socket ? call + (socket.SocketErrorCode == SocketError.ConnectionReset ? "read: connection reset by peer" : socket.Message)
            : call + fault.Message;
    }

    /// <summary>Nobody listens, so the request was surely not seen.</summary>
    public static bool IsRefused(Exception fault) =>
        fault is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } && fault.GetBaseException() is SocketException { SocketErrorCode: SocketError.ConnectionRefused };

    public void Dispose() => _invoker.Dispose();
}
