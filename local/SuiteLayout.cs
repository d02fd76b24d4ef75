using System.Security.Cryptography;
using Splitrail.Contracts;

namespace Splitrail.Local;

/// <summary>One replica of a service and its sidecar: where they listen and with what arguments they start.</summary>
/// <param name="Name">The app-id, for further replicas with <c>-2</c>, <c>-3</c>, …</param>
/// <param name="AppId">The service.</param>
/// <param name="Address">Where the service listens.</param>
/// <param name="SidecarAddress">Where its sidecar serves the Dapr API.</param>
/// <param name="PeerPort">Where daprd listens for other sidecars.</param>
/// <param name="ServiceArguments">Of the service.</param>
/// <param name="SidecarArguments">Of the embedded sidecar.</param>
public sealed record AppPlan(
    string Name, string AppId, Uri Address, Uri SidecarAddress, int PeerPort, IReadOnlyList<string> ServiceArguments, IReadOnlyList<string> SidecarArguments);

/// <summary>
/// The ports and arguments of every process of a suite. Both ways to run it, one process or ten, start from this, and a service that is
/// restarted comes back on the port it had.
/// </summary>
public sealed class SuiteLayout
{
    private const int KeyDigits = 32;

    private readonly SuiteOptions _options;

    /// <summary>Between gateway and console; nobody else needs it, so each run has a new one.</summary>
    private readonly string _previewKey = RandomNumberGenerator.GetHexString(KeyDigits, lowercase: true);

    public SuiteLayout(SuiteOptions options)
    {
        _options = options;
        (string Name, string AppId)[] replicas =
        [
            .. AppIds.All.SelectMany(appId => Enumerable.Range(1, options.Replicas.GetValueOrDefault(appId, 1)).Select(number => (number == 1 ? appId : $"{appId}-{number}", appId))),
        ];
        var ports = FreePorts.Take(replicas.Length * 3);
        Apps = [.. replicas.Select((replica, i) => Plan(
            replica.Name, replica.AppId, replica.Name == AppIds.Gateway && options.Port != 0 ? options.Port : ports[3 * i], ports[(3 * i) + 1], ports[(3 * i) + 2]))];
    }

    public IReadOnlyList<AppPlan> Apps { get; }

    public Uri Gateway => this[AppIds.Gateway].Address;

    /// <summary>By the name of the replica: the first of each service is named as its app-id.</summary>
    public AppPlan this[string name] => Apps.Single(app => app.Name == name);

    private AppPlan Plan(string name, string appId, int port, int sidecarPort, int peerPort)
    {
        var host = appId == AppIds.Gateway ? _options.Host : "127.0.0.1";
        var sidecar = new Uri($"http://127.0.0.1:{sidecarPort}");
        string[] common =
        [
            $"--urls=http://{host}:{port}",
            $"--log-format={_options.LogFormat}",
            $"--log-level={_options.LogLevel}",
            $"--Dapr:HttpEndpoint=http://127.0.0.1:{sidecarPort}",
            $"--Dapr:AppId={appId}",
            $"--Feeds:Directory={State("feeds", name)}",
        ];
        return new AppPlan(
            name,
            appId,
            new Uri($"http://{(host is "0.0.0.0" or "*" ? "127.0.0.1" : host)}:{port}"),
            sidecar,
            peerPort,
            [.. common, .. Own(name, appId), .. _options.ExtraArguments.GetValueOrDefault(appId, [])],
            SidecarArguments(appId, port, sidecarPort));
    }

    private IEnumerable<string> Own(string name, string appId) => appId switch
    {
        AppIds.Gateway => [$"--Gateway:StateDirectory={State(name)}", $"--Gateway:PreviewKey={_previewKey}"],
        AppIds.Candidate => [$"--CandidateSvc:ModelsDirectory={_options.ModelsDirectory}"],
        AppIds.Ranking => [$"--RankingSvc:ModelsDirectory={_options.ModelsDirectory}"],
        AppIds.Feature => [$"--FeatureSvc:Database={State("feature-svc.db")}", $"--FeatureSvc:Dataset={_options.DatasetDirectory}"],
        _ =>
        [
            $"--ExperimentSvc:Database={State("experiment-svc.db")}",
            $"--ExperimentSvc:ModelsDirectory={_options.ModelsDirectory}",
            $"--ExperimentSvc:Definitions={State("experiments.json")}",
            $"--ExperimentSvc:PreviewKey={_previewKey}",
            "--ExperimentSvc:Demo=true",
        ],
    };

    private string[] SidecarArguments(string appId, int port, int sidecarPort) =>
    [
        "--app-id", appId,
        "--app-port", $"{port}",
        "--dapr-http-port", $"{sidecarPort}",
        "--resources-path", _options.ComponentsDirectory,
        "--state-dir", State("sidecar"),
        "--log-format", _options.LogFormat,
        "--log-level", _options.LogLevel,
        .. _options.SidecarFaults ? (string[])["--enable-faults", "true"] : [],
    ];

    private string State(params string[] parts) => Path.Combine([_options.StateDirectory, .. parts]);
}
