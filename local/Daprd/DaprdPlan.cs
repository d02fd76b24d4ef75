namespace Splitrail.Local.Daprd;

/// <summary>How one daprd is started: everything on loopback, no placement, no scheduler, no mTLS.</summary>
public static class DaprdPlan
{
    /// <param name="program">Path of daprd.</param>
    /// <param name="appId">The app-id.</param>
    /// <param name="appPort">Where the app listens; 0 for a sidecar without an app.</param>
    /// <param name="httpPort">Where the Dapr API is served.</param>
    /// <param name="resources">Folder made by <see cref="DaprdResources"/>.</param>
    /// <param name="more">Further arguments.</param>
    public static ProcessPlan Of(string program, string appId, int appPort, int httpPort, DaprdResources resources, params IReadOnlyList<string> more)
    {
        // HTTP API, gRPC API, sidecar to sidecar, metrics: the last three are of no interest to the suite but must not collide.
        var ports = FreePorts.Take(3);
        List<string> arguments =
        [
            "--app-id", appId,
            "--dapr-http-port", $"{httpPort}",
            "--dapr-grpc-port", $"{ports[0]}",
            "--dapr-internal-grpc-port", $"{ports[1]}",
            "--dapr-listen-addresses", "127.0.0.1",
            "--dapr-internal-grpc-listen-address", "127.0.0.1",
            "--metrics-listen-address", "127.0.0.1",
            "--resources-path", resources.Folder,
            "--config", resources.Configuration,
        ];
        if (!more.Contains("--metrics-port"))
            arguments.AddRange(["--metrics-port", $"{ports[2]}"]);
        if (appPort != 0)
            arguments.AddRange(["--app-port", $"{appPort}", "--app-protocol", "http"]);
        arguments.AddRange(more);
        // The name other sidecars find this one under: without it daprd takes the first address of the machine.
        return new ProcessPlan(program, arguments, new Dictionary<string, string> { ["DAPR_HOST_IP"] = "127.0.0.1" });
    }
}
