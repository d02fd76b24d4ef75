using System.Net;
using System.Net.Sockets;

namespace Splitrail.Gateway.Limits;

/// <summary>Who counts as one client: an IPv4 address, or a network of 64 bits, which is what one household or machine gets of IPv6.</summary>
internal static class ClientAddress
{
    /// <param name="context">The request.</param>
    /// <param name="header">Header that the proxy in front writes; of a list the last entry is its own, those before may be anybody's invention.</param>
    public static string Of(HttpContext context, string? header)
    {
        var named = header is null ? null : context.Request.Headers[header].LastOrDefault()?.Split(',')[^1].Trim();
        return IPAddress.TryParse(named, out var address) || (address = context.Connection.RemoteIpAddress) is not null ? Client(address) : "unknown";
    }

    private static string Client(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes).ToString();
    }
}
