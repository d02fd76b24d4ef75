using Splitrail.Local;

namespace Splitrail.Tests.Suite.Dapr;

/// <summary>A sidecar as a process of its own, for what only a killed process shows.</summary>
public sealed class SidecarProcess : IDisposable
{
    private readonly ProcessHost _host;

    private SidecarProcess(ProcessHost host, SidecarUnderTest client) => (_host, Client) = (host, client);

    public SidecarUnderTest Client { get; }

    public static async Task<SidecarProcess> StartAsync(SidecarRig rig, string appId, int appPort)
    {
        if (SidecarEngine.IsDaprd)
        {
            var daprd = await rig.SidecarAsync(appId, appPort);
            return new SidecarProcess((ProcessHost)daprd.Host!, daprd);
        }

        var port = SidecarRig.FreePort();
        var host = new ProcessHost(ProcessPlan.Own(
            "sidecar", "--app-id", appId, "--app-port", appPort.ToString(), "--dapr-http-port", port.ToString(),
            "--resources-path", rig.Resources, "--state-dir", rig.State, "--log-level", "None"));
        var client = new SidecarUnderTest(host, new Uri($"http://127.0.0.1:{port}"));
        await Eventually.TrueAsync(client.IsListeningAsync, "the sidecar's process listens", seconds: 30);
        return new SidecarProcess(host, client);
    }

    /// <summary>SIGKILL: nothing is flushed, nothing said goodbye.</summary>
    public void Kill() => _host.Kill();

    public void Dispose() => _host.Kill();
}
