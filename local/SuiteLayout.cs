using Splitrail.Contracts;

namespace Splitrail.Local;

/// <summary>One service and its sidecar: where they listen and with what arguments they start.</summary>
public sealed record AppPlan(
    string AppId, Uri Address, Uri SidecarAddress, IReadOnlyList<string> ServiceArguments, IReadOnlyList<string> SidecarArguments);

/// <summary>
/// The ports and arguments of every process of a suite. Both ways to run it, one process or ten, start from this, and a service that is
/// restarted comes back on the port it had.
/// </summary>
public sealed class SuiteLayout
{
    private readonly SuiteOptions _options;

    public SuiteLayout(SuiteOptions options)
    {
        _options = options;
        var ports = FreePorts.Take(AppIds.All.Count * 2);
        Apps = [.. AppIds.All.Select((appId, i) => Plan(appId, appId == AppIds.Gateway && options.Port != 0 ? options.Port : ports[2 * i], ports[(2 * i) + 1]))];
    }

    public IReadOnlyList<AppPlan> Apps { get; }

    public Uri Gateway => this[AppIds.Gateway].Address;

    public AppPlan this[string appId] => Apps.Single(app => app.AppId == appId);

    private AppPlan Plan(string appId, int port, int sidecarPort)
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
            $"--Feeds:Directory={State("feeds", appId)}",
        ];
        return new AppPlan(
            appId,
            new Uri($"http://{(host is "0.0.0.0" or "*" ? "127.0.0.1" : host)}:{port}"),
            sidecar,
            [.. common, .. Own(appId), .. _options.ExtraArguments.GetValueOrDefault(appId, [])],
            SidecarArguments(appId, port, sidecarPort));
    }

    private IEnumerable<string> Own(string appId) => appId switch
    {
        AppIds.Gateway => [$"--Gateway:StateDirectory={State("gateway")}"],
        AppIds.Candidate => [$"--CandidateSvc:ModelsDirectory={_options.ModelsDirectory}"],
        AppIds.Ranking => [$"--RankingSvc:ModelsDirectory={_options.ModelsDirectory}"],
        AppIds.Feature => [$"--FeatureSvc:Database={State("feature-svc.db")}", $"--FeatureSvc:Dataset={_options.DatasetDirectory}"],
        _ =>
        [
            $"--ExperimentSvc:Database={State("experiment-svc.db")}",
            $"--ExperimentSvc:ModelsDirectory={_options.ModelsDirectory}",
            $"--ExperimentSvc:Definitions={State("experiments.json")}",
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
    ];

    private string State(params string[] parts) => Path.Combine([_options.StateDirectory, .. parts]);
}
