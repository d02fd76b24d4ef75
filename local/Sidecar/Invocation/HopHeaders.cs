using System.Collections.Frozen;

namespace Splitrail.Local.Sidecar.Invocation;

internal static class HopHeaders
{
    private static readonly FrozenSet<string> OfConnection = new[]
    {
        "Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", "TE", "Trailer", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization", "Host", "Expect", "dapr-app-id",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Speaks of this connection only, or is the sidecar's own routing.</summary>
    public static bool IsOfConnection(string name) => OfConnection.Contains(name);
}
