using System.Diagnostics;
using Splitrail.Local;

namespace Splitrail.Benchmarks.EndToEnd;

/// <summary>The suite in a process of its own, as ./run would start it, so that its processor time is its own; real daprd and Redis are its children and count too.</summary>
internal sealed class MeasuredSuite : IAsyncDisposable
{
    private readonly Process _process;

    private MeasuredSuite(Process process, Uri gateway)
    {
        _process = process;
        Gateway = gateway;
    }

    public Uri Gateway { get; }

    /// <summary>Of the suite and everything it started.</summary>
    public TimeSpan ProcessorTime => ProcessTree.Of(_process.Id).Aggregate(TimeSpan.Zero, static (sum, process) => sum + process);

    /// <summary>The folder with dataset and models is prepared by the script ./bench, before this process starts.</summary>
    public static async Task<MeasuredSuite> StartAsync(BenchRequest request, SidecarKind sidecar, CancellationToken cancellationToken)
    {
        var port = FreePorts.Take(1)[0];
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            typeof(InProcessSuite).Assembly.Location,
            "--state", request.StateDirectory, "--components", sidecar == SidecarKind.Daprd ? "dapr-components/cluster" : "dapr-components/local", "--sidecar", $"{sidecar}", "--port", $"{port}", "--log-format", "json",
            "--set", "gateway:Gateway:ResponseCacheTtl=00:00:00",
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started.");
        var up = new TaskCompletionSource();
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("Splitrail is up", StringComparison.Ordinal) == true)
                up.TrySetResult();
        };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { Length: > 0 } text)
                request.Progress(text);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var ended = process.WaitForExitAsync(cancellationToken);
        if (await Task.WhenAny(up.Task, ended).WaitAsync(TimeSpan.FromMinutes(4), cancellationToken) == ended)
            throw new InvalidOperationException($"The suite ended with {process.ExitCode} before it was up; see above.");
        return new MeasuredSuite(process, new Uri($"http://127.0.0.1:{port}"));
    }

    public async ValueTask DisposeAsync()
    {
        // SIGINT, as Ctrl+C would be.
        using var interrupt = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        using var limited = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        await _process.WaitForExitAsync(limited.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
