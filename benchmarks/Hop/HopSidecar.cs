using System.Diagnostics;
using Splitrail.Local;

namespace Splitrail.Benchmarks.Hop;

/// <summary>One embedded sidecar as a process of its own, so that its processor time is its own.</summary>
internal sealed class HopSidecar : IDisposable
{
    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("splitrail-hop-");

    private HopSidecar(int port) => Address = new Uri($"http://127.0.0.1:{port}");

    public Uri Address { get; }

    public Process Process { get; private set; } = null!;

    public static async Task<HopSidecar> StartAsync(string appId, int appPort, CancellationToken cancellationToken)
    {
        var sidecar = new HopSidecar(FreePorts.Take(1)[0]);
        string[] arguments =
        [
            typeof(InProcessSuite).Assembly.Location, "sidecar", "--app-id", appId, "--app-port", $"{appPort}", "--dapr-http-port", $"{sidecar.Address.Port}",
            "--resources-path", "dapr-components/local", "--state-dir", sidecar._state.FullName, "--log-level", "Warning",
        ];
        sidecar.Process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardInput = true })
            ?? throw new InvalidOperationException("dotnet could not be started.");
        await SidecarReadiness.WaitAsync(sidecar.Address, cancellationToken);
        return sidecar;
    }

    public void Dispose()
    {
        if (!Process.HasExited)
            Process.Kill();
        Process.WaitForExit();
        Process.Dispose();
        _state.Delete(recursive: true);
    }
}
