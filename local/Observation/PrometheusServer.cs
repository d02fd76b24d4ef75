using Splitrail.Local.Daprd;

namespace Splitrail.Local.Observation;

/// <summary>A Prometheus of the suite's own, with the chart's rules loaded: what a cluster would see, on a laptop.</summary>
public sealed class PrometheusServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private readonly WatchedProcess _process;

    private PrometheusServer(WatchedProcess process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Path of prometheus; null when there is none.</summary>
    public static string? Find() => DaprdProgram.OnPath("prometheus");

    /// <summary>Starts one that reads every service of the suite and evaluates the rules, and waits until it is ready.</summary>
    /// <param name="program">Path of prometheus.</param>
    /// <param name="layout">What to read.</param>
    /// <param name="rules">Folder of rule files.</param>
    /// <param name="folder">Where configuration and data are kept.</param>
    /// <param name="interval">Between two readings.</param>
    /// <param name="print">Takes its output.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TimeoutException">It does not get ready.</exception>
    public static async Task<PrometheusServer> StartAsync(
        string program, SuiteLayout layout, string rules, string folder, TimeSpan interval, Action<string> print, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(folder);
        var settings = Path.Combine(folder, "prometheus.yml");
        await File.WriteAllTextAsync(settings, PrometheusSettings.Write(layout, Path.GetFullPath(rules), interval), cancellationToken);
        var address = new Uri($"http://127.0.0.1:{FreePorts.Take(1)[0]}");
        string[] arguments =
        [
            $"--config.file={settings}", $"--storage.tsdb.path={Path.Combine(folder, "data")}", "--storage.tsdb.retention.time=7d", $"--web.listen-address={address.Authority}", "--log.level=warn",
            // From a bucket to the trace id of a request in it; the logs have the same id.
            "--enable-feature=exemplar-storage",
        ];
        var process = new WatchedProcess("prometheus", new ProcessPlan(program, arguments, new Dictionary<string, string>(), Path.Combine(folder, "prometheus.pid")), print);
        process.Start();
        var server = new PrometheusServer(process, address);
        try
        {
            await server.ReadyAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task ReadyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(StartLimit);
        while (!await IsReadyAsync(http, limited.Token))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (limited.IsCancellationRequested)
                throw new TimeoutException($"Prometheus does not answer at {Address} within {StartLimit.TotalSeconds:0} s.");
            await Task.Delay(100, CancellationToken.None);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync("/-/ready", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception away) when (away is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
