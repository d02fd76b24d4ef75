using System.Diagnostics;
using System.Text.Json.Nodes;
using Splitrail.Local;

namespace Splitrail.Tests.Suite.Stores;

/// <summary>feature-svc as a process of its own, to be killed.</summary>
internal sealed class FeatureProcess : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;

    private FeatureProcess(Process process, HttpClient http) => (_process, _http) = (process, http);

    public static FeatureProcess Start(TestStore store)
    {
        var port = FreePorts.Take(1)[0];
        var start = new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "Splitrail.FeatureSvc.dll"), store.Store("FeatureSvc"), $"--FeatureSvc:Dataset={store.In("shop")}",
            $"--urls=http://127.0.0.1:{port}", "--log-level=None", "--Dapr:HttpEndpoint=http://127.0.0.1:9",
        ]);
        return new FeatureProcess(Process.Start(start)!, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") });
    }

    /// <summary>What /health says of the dataset; empty while the process does not answer.</summary>
    public async Task<string> DatasetDetailAsync()
    {
        try
        {
            return (string)JsonNode.Parse(await _http.GetStringAsync("/health"))!["checks"]!["dataset"]!["detail"]!;
        }
        catch (HttpRequestException)
        {
            return "";
        }
    }

    /// <summary>As <c>kill -9</c> does.</summary>
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
        _http.Dispose();
    }
}
