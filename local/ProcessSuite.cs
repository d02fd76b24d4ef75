using Splitrail.Local.Daprd;

namespace Splitrail.Local;

/// <summary>
/// Each service and each sidecar its own process, watched: one that dies is started again after a moment, as Kubernetes would. Kill, replica and chaos
/// tests use it.
/// </summary>
public sealed class ProcessSuite(SuiteOptions options, Action<string> print) : IAsyncDisposable
{
    private readonly List<WatchedProcess> _processes = [];
    private DaprdSidecars? _daprd;

    public SuiteLayout Layout { get; } = new(options);

    /// <exception cref="TimeoutException">With daprd: its Redis does not answer.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (options.Sidecar == SidecarKind.Daprd)
            _daprd = await DaprdSidecars.PrepareAsync(options, Layout, print, cancellationToken);
        foreach (var app in Layout.Apps)
        {
            _processes.Add(new WatchedProcess($"{app.Name}/sidecar", _daprd?.Plan(app) ?? ProcessPlan.Own(["sidecar", .. app.SidecarArguments]), print));
            _processes.Add(new WatchedProcess(app.Name, ProcessPlan.Own(["service", app.AppId, .. app.ServiceArguments]), print));
        }

        foreach (var process in _processes)
            process.Start();
    }

    /// <summary>The process of a service, or of a sidecar as <c>name/sidecar</c>.</summary>
    public WatchedProcess this[string name] => _processes.Single(process => process.Name == name);

    public async ValueTask DisposeAsync()
    {
        // Services first: what they still publish at the end goes through their sidecars.
        foreach (var group in _processes.GroupBy(static process => process.Name.EndsWith("/sidecar", StringComparison.Ordinal)).OrderBy(static group => group.Key))
            await Task.WhenAll(group.Select(static process => process.DisposeAsync().AsTask()));
        if (_daprd is not null)
            await _daprd.DisposeAsync();
    }
}
