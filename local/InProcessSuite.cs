using System.Collections.Concurrent;
using Splitrail.Local.Daprd;
using Splitrail.Local.Sidecar;

namespace Splitrail.Local;

/// <summary>
/// All services and their sidecars as hosts in this process; real daprd has its processes, of course. They still speak HTTP with each other, just as in a cluster.
/// </summary>
public sealed class InProcessSuite(SuiteOptions options, Action<string>? print = null) : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, WebApplication> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, WatchedProcess> _processes = new(StringComparer.Ordinal);
    private readonly Action<string> _print = print ?? (static _ => { });
    private DaprdSidecars? _daprd;

    public SuiteLayout Layout { get; } = new(options);

    /// <summary>Starts the sidecars, then the services side by side: each waits for what it needs by itself.</summary>
    /// <exception cref="TimeoutException">With daprd: its Redis does not answer.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (options.Sidecar == SidecarKind.Daprd)
            _daprd = await DaprdSidecars.PrepareAsync(options, Layout, _print, cancellationToken);
        await Task.WhenAll(Layout.Apps.Select(app => StartSidecarAsync(app.Name, cancellationToken)));
        await Task.WhenAll(Layout.Apps.Select(app => StartServiceAsync(app.Name, cancellationToken)));
    }

    public Task StartServiceAsync(string name, CancellationToken cancellationToken = default) =>
        StartAsync(name, () => ServiceTable.Build(Layout[name].AppId, [.. Layout[name].ServiceArguments]), cancellationToken);

    public Task StartSidecarAsync(string name, CancellationToken cancellationToken = default)
    {
        if (_daprd is null)
            return StartAsync(SidecarOf(name), () => SidecarApp.Build([.. Layout[name].SidecarArguments]), cancellationToken);
        var process = new WatchedProcess(SidecarOf(name), _daprd.Plan(Layout[name]), _print);
        if (!_processes.TryAdd(SidecarOf(name), process))
            throw new InvalidOperationException($"{process.Name} runs already.");
        process.Start();
        return Task.CompletedTask;
    }

    public Task StopServiceAsync(string name) => StopAsync(name);

    public Task StopSidecarAsync(string name) => StopAsync(SidecarOf(name));

    public async ValueTask DisposeAsync()
    {
        // Services first: what they still publish at the end goes through their sidecars.
        await Task.WhenAll(Layout.Apps.Select(app => StopAsync(app.Name)));
        await Task.WhenAll(Layout.Apps.Select(app => StopAsync(SidecarOf(app.Name))));
        if (_daprd is not null)
            await _daprd.DisposeAsync();
    }

    private static string SidecarOf(string name) => $"{name}/sidecar";

    private async Task StartAsync(string name, Func<WebApplication> build, CancellationToken cancellationToken)
    {
        // Built on the pool: five services that each load libraries would otherwise start one after the other.
        var app = await Task.Run(build, cancellationToken);
        if (!_running.TryAdd(name, app))
            throw new InvalidOperationException($"{name} runs already.");
        await app.StartAsync(cancellationToken);
    }

    private async Task StopAsync(string name)
    {
        if (_processes.TryRemove(name, out var process))
            await process.DisposeAsync();
        if (!_running.TryRemove(name, out var app))
            return;
        using var limited = new CancellationTokenSource(StopTimeout);
        await app.StopAsync(limited.Token);
        await app.DisposeAsync();
    }
}
