using System.Diagnostics;
using Splitrail.Local;

namespace Splitrail.Tests.Suite.Stores;

/// <summary>experiment-svc as a process of its own, to be killed.</summary>
internal sealed class ExperimentProcess : IDisposable
{
    private readonly Process _process;

    private ExperimentProcess(Process process) => _process = process;

    public static ExperimentProcess Start(TestStore store, params string[] arguments)
    {
        var port = FreePorts.Take(1)[0];
        var start = new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "Splitrail.ExperimentSvc.dll"), store.Store("ExperimentSvc"), $"--ExperimentSvc:Definitions={store.In("experiments.json")}",
            $"--urls=http://127.0.0.1:{port}", "--log-level=None", "--Dapr:HttpEndpoint=http://127.0.0.1:9", .. arguments,
        ]);
        return new ExperimentProcess(Process.Start(start)!);
    }

    public bool IsRunning => !_process.HasExited;

    /// <summary>As <c>kill -9</c> does.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (IsRunning)
            Kill();
        _process.Dispose();
    }
}
