namespace Splitrail.Dapr;

/// <summary>Where the sidecar of this app listens. Configuration section <c>Dapr</c>; the variables that Dapr itself sets are the fallback.</summary>
public sealed class DaprOptions
{
    public const string Section = "Dapr";

    /// <summary>Base address of the sidecar's HTTP API. Fallback: <c>DAPR_HTTP_ENDPOINT</c>, else <c>http://127.0.0.1:{DAPR_HTTP_PORT}</c>, else port 3500.</summary>
    public string HttpEndpoint { get; set; } = "";

    /// <summary>Sent as <c>dapr-api-token</c> with every call. Fallback: <c>DAPR_API_TOKEN</c>. Null sends none.</summary>
    public string? ApiToken { get; set; }

    /// <summary>What the sidecar must send as <c>dapr-api-token</c> when it delivers messages. Fallback: <c>APP_API_TOKEN</c>. Null asks for none.</summary>
    public string? AppApiToken { get; set; }

    /// <summary>This app's id. Fallback: <c>APP_ID</c>.</summary>
    public string? AppId { get; set; }
}
