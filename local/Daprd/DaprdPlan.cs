namespace Splitrail.Local.Daprd;

/// <summary>How one daprd is started: everything on loopback, no placement, no scheduler, no mTLS.</summary>
public static class DaprdPlan
{
    /// <param name="program">Path of daprd.</param>
    /// <param name="appId">The app-id.</param>
    /// <param name="appPort">Where the app listens; 0 for a sidecar without an app.</param>
    /// <param name="httpPort">Where the Dapr API is served.</param>
    /// <param name="peerPort">Where other sidecars find it, when they have that from a table; 0 takes a free one.</param>
    /// <param name="resources">Folder made by <see cref="DaprdResources"/>.</param>
    /// <param name="more">Further arguments.</param>
    public static ProcessPlan Of(string program, string appId, int appPort, int httpPort, int peerPort, DaprdResources resources, params IReadOnlyList<string> more)
    {
        // HTTP API, gRPC API, sidecar to sidecar, metrics: the last three are of no interest to the suite but must not collide.
        var ports = FreePorts.Take(3);
        List<string> arguments =
        [
            "--app-id", appId,
            "--dapr-http-port", $"{httpPort}",
            "--dapr-grpc-port", $"{ports[0]}",
            "--dapr-internal-grpc-port", $"{(peerPort == 0 ? ports[1] : peerPort)}",
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
        return new ProcessPlan(program, arguments, new Dictionary<string, string>
        {
            // The name other sidecars find this one under: without it daprd takes the first address of the machine.
            ["DAPR_HOST_IP"] = "127.0.0.1",
            // Five of them share the machine with the services: fewer threads that wake each other, and a heap of some MB is not worth collecting every few requests.
            ["GOMAXPROCS"] = Own("GOMAXPROCS") ?? $"{Math.Max(1, Environment.ProcessorCount / 2)}",
            ["GOGC"] = Own("GOGC") ?? "400",
        });
    }

    private static string? Own(string variable) => Environment.GetEnvironmentVariable(variable);
}
