using System.Diagnostics;
using Splitrail.Local.Sidecar;

namespace Splitrail.Tests.Suite.Dapr;

/// <summary>A sidecar as a process of its own, for what only a killed process shows.</summary>
public sealed class SidecarProcess : IDisposable
{
    private readonly Process _process;

    private SidecarProcess(Process process, int port)
    {
        _process = process;
        Client = new SidecarUnderTest(null, new Uri($"http://127.0.0.1:{port}"));
    }

    public SidecarUnderTest Client { get; }

    public static async Task<SidecarProcess> StartAsync(SidecarRig rig, string appId, int appPort)
    {
        var port = SidecarRig.FreePort();
        string[] arguments =
        [
            typeof(SidecarApp).Assembly.Location, "sidecar", "--app-id", appId, "--app-port", appPort.ToString(), "--dapr-http-port", port.ToString(),
            "--resources-path", rig.Resources, "--state-dir", rig.State, "--log-level", "None",
        ];
        // A child may end itself when its standard input is closed, so it gets one that stays open.
        var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardInput = true })!;
        var sidecar = new SidecarProcess(process, port);
        await Eventually.TrueAsync(sidecar.Client.IsListeningAsync, "the sidecar's process listens", seconds: 30);
        return sidecar;
    }

    /// <summary>SIGKILL: nothing is flushed, nothing said goodbye.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }
}
