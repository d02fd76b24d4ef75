namespace Splitrail.Gateway.Limits;

/// <summary>Settings <c>--Gateway:Limits:…</c>: how much one client may ask for. Off by default: a shop's server is one client with all of its shoppers.</summary>
internal sealed class LimitOptions
{
    /// <summary>Requests per minute and client; 0 for no limit.</summary>
    public int PerMinute { get; set; }

    /// <summary>Requests a client that was silent may make at once.</summary>
    public int Burst { get; set; } = 200;

    /// <summary>Header in which the proxy in front names the client, such as X-Forwarded-For; null takes the connection's address.</summary>
    public string? ClientHeader { get; set; }

    /// <summary>A client that is refused so often within a minute does not heed Retry-After and is counted as hammering.</summary>
    public int HammeringAfter { get; set; } = 100;

    public bool IsOn => PerMinute > 0;

    public IEnumerable<string> Faults()
    {
        const string Section = GatewayOptions.Section + ":Limits:";
        if (PerMinute is < 0 or > 1_000_000)
            yield return $"{Section}{nameof(PerMinute)} is '{PerMinute}'; give a value from 0 (no limit) to 1000000.";
        if (Burst is < 1 or > 1_000_000)
            yield return $"{Section}{nameof(Burst)} is '{Burst}'; give a value from 1 to 1000000.";
        if (HammeringAfter is < 1 or > 1_000_000)
            yield return $"{Section}{nameof(HammeringAfter)} is '{HammeringAfter}'; give a value from 1 to 1000000.";
        if (ClientHeader is { } header && !(header.Length > 0 && header.All(static one => char.IsAsciiLetterOrDigit(one) || one == '-')))
            yield return $"{Section}{nameof(ClientHeader)} is '{header}'; give the name of a header, such as X-Forwarded-For.";
    }
}
