namespace Splitrail.Local;

/// <summary>
/// Each service and each sidecar its own process, watched: one that dies is started again after a moment, as Kubernetes would. Kill, replica and chaos
/// tests use it.
/// </summary>
public sealed class ProcessSuite(SuiteOptions options, Action<string> print) : IAsyncDisposable
{
    private readonly List<WatchedProcess> _processes = [];

    public SuiteLayout Layout { get; } = new(options);

    public void Start()
    {
        foreach (var app in Layout.Apps)
        {
            _processes.Add(new WatchedProcess($"{app.AppId}/sidecar", ["sidecar", .. app.SidecarArguments], print));
            _processes.Add(new WatchedProcess(app.AppId, ["service", app.AppId, .. app.ServiceArguments], print));
        }

        foreach (var process in _processes)
            process.Start();
    }

    /// <summary>The process of a service, or of a sidecar as <c>app-id/sidecar</c>.</summary>
    public WatchedProcess this[string name] => _processes.Single(process => process.Name == name);

    public async ValueTask DisposeAsync()
    {
        // Services first: what they still publish at the end goes through their sidecars.
        foreach (var group in _processes.GroupBy(static process => process.Name.EndsWith("/sidecar", StringComparison.Ordinal)).OrderBy(static group => group.Key))
            await Task.WhenAll(group.Select(static process => process.DisposeAsync().AsTask()));
    }
}
