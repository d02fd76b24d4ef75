using System.Security.Cryptography;
using System.Text;
using Splitrail.Contracts;

namespace Splitrail.Gateway.Previews;

/// <summary>Who may look at arms by name: experiment-svc, which holds the same key. A caller's app-id would prove nothing, because anybody can write that header.</summary>
internal sealed class PreviewKey(GatewayOptions options)
{
    private readonly byte[]? _key = options.PreviewKey is { } key ? Encoding.UTF8.GetBytes(key) : null;

    /// <summary>False when no key was set: then there are no previews.</summary>
    public bool IsSet => _key is not null;

    public bool Opens(HttpRequest request) =>
        _key is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers[PublicPaths.PreviewKeyHeader].ToString()), _key);
}
