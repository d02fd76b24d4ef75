using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Splitrail.Local;
using Splitrail.Local.Sidecar;

namespace Splitrail.Tests.Suite.Dapr;

/// <summary>A folder with component files and state, and the apps and sidecars that were started on it.</summary>
public sealed class SidecarRig : IAsyncDisposable
{
    private readonly ConcurrentBag<ISidecarHost> _sidecars = [];
    private readonly Lazy<DaprdRig> _daprd;
    private readonly List<RecordingApp> _apps = [];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("splitrail-dapr-");

    public SidecarRig() => _daprd = new Lazy<DaprdRig>(() => new DaprdRig(_folder.FullName));

    public string Resources => Directory.CreateDirectory(Path.Combine(_folder.FullName, "components")).FullName;

    public string State => Path.Combine(_folder.FullName, "state");

    public SidecarRig File(string name, string yaml)
    {
        System.IO.File.WriteAllText(Path.Combine(Resources, name), yaml);
        // What the embedded sidecar watches as a file is keys of the Redis for daprd.
        if (SidecarEngine.IsDaprd && name == "settings.json")
            _daprd.Value.ConfigureAsync(yaml).GetAwaiter().GetResult();
        return this;
    }

    public async Task<RecordingApp> AppAsync(int port = 0)
    {
        var app = await RecordingApp.StartAsync(port);
        _apps.Add(app);
        return app;
    }

    /// <summary>Starts a sidecar and returns a client of its API.</summary>
    public async Task<SidecarUnderTest> SidecarAsync(string appId, int appPort = 0, params string[] more)
    {
        if (SidecarEngine.IsDaprd)
        {
            var started = await _daprd.Value.StartAsync(Resources, appId, appPort, more);
            _sidecars.Add(started.Host!);
            return started;
        }

        var sidecar = SidecarApp.Build(
            ["--app-id", appId, "--app-port", appPort.ToString(), "--dapr-http-port", "0", "--resources-path", Resources, "--state-dir", State, "--log-level", "None", .. more]);
        await sidecar.StartAsync();
        var host = new EmbeddedHost(sidecar);
        _sidecars.Add(host);
        var address = sidecar.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new SidecarUnderTest(host, new Uri(address));
    }

    /// <summary>With daprd: how many entries a stream of the first Redis database has.</summary>
    public Task<long> StreamLengthAsync(string topic) => _daprd.Value.StreamLengthAsync(topic);

    /// <summary>A port on which nobody listens.</summary>
    public static int FreePort() => FreePorts.Take(1)[0];

    public async ValueTask DisposeAsync()
    {
        foreach (var sidecar in _sidecars)
            await sidecar.DisposeAsync();
        foreach (var app in _apps)
            await app.DisposeAsync();
        if (_daprd.IsValueCreated)
            await _daprd.Value.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
