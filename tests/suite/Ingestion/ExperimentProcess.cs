using System.Diagnostics;
using Splitrail.Local;
using Splitrail.Tests.Suite.Servers;
using Splitrail.Tests.Suite.Stores;

namespace Splitrail.Tests.Suite.Ingestion;

/// <summary>experiment-svc as a process of its own on one port, to be killed and started again.</summary>
internal sealed class ExperimentProcess : IDisposable
{
    private readonly string[] _arguments;
    private Process _process;

    public ExperimentProcess(TestStore store, params string[] arguments)
    {
        var address = $"http://127.0.0.1:{FreePorts.Take(1)[0]}";
        _arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "Splitrail.ExperimentSvc.dll"), store.Store("ExperimentSvc"), $"--ExperimentSvc:Definitions={store.In("experiments.json")}",
            $"--urls={address}", "--log-level=None", "--Dapr:HttpEndpoint=http://127.0.0.1:9", .. arguments,
        ];
        Http = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(60) };
        _process = Start();
    }

    public HttpClient Http { get; }

    public Task ReadyAsync() => Eventually.TrueAsync(async () =>
    {
        try
        {
            using var answer = await Http.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }, TimeSpan.FromSeconds(60), "experiment-svc is ready");

    /// <summary>As <c>kill -9</c> does, and starts it again.</summary>
    public void KillAndRestart()
    {
        Kill();
        _process.Dispose();
        _process = Start();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
        Http.Dispose();
    }

    private Process Start() => Process.Start(new ProcessStartInfo("dotnet", _arguments))!;

    private void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }
}
