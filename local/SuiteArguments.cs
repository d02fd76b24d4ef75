using System.CommandLine;
using Splitrail.Contracts;

namespace Splitrail.Local;

/// <summary>The options of a suite on the command line.</summary>
internal sealed class SuiteArguments
{
    private readonly Option<DirectoryInfo> _state = new("--state") { Description = "Folder of everything kept between runs.", Required = true };
    private readonly Option<DirectoryInfo> _dataset = new("--dataset") { Description = "Dataset folder; STATE/dataset when not given." };
    private readonly Option<DirectoryInfo> _models = new("--models") { Description = "Models folder; STATE/models when not given." };
    private readonly Option<DirectoryInfo> _components = new("--components") { Description = "Folder of the Dapr YAML the sidecars read.", Required = true };
    private readonly Option<int> _port = new("--port") { Description = "Port of the gateway.", DefaultValueFactory = static _ => SuiteOptions.DefaultPort };
    private readonly Option<string> _host = new("--host") { Description = "Address the gateway listens on.", DefaultValueFactory = static _ => "127.0.0.1" };
    private readonly Option<string> _logFormat = new("--log-format") { Description = "json or human.", DefaultValueFactory = static _ => "human" };
    private readonly Option<string> _logLevel = new("--log-level") { Description = "Debug, Information, Warning, Error.", DefaultValueFactory = static _ => "Warning" };
    private readonly Option<bool> _processes = new("--processes") { Description = "Each service and each sidecar its own process, restarted when it dies." };
    private readonly Option<string?> _redis = new("--redis") { Description = "With daprd: HOST:PORT of a Redis that runs; none starts one of its own in STATE/daprd/redis." };

    private readonly Option<DirectoryInfo?> _observe = new("--observe") { Description = "Folder of rules: starts a Prometheus beside the suite with them." };

    private readonly Option<SidecarKind> _sidecar = new("--sidecar")
    {
        Description = "embedded, or daprd: real daprd processes (found by DAPRD or on PATH) with a Redis.",
        DefaultValueFactory = static _ => SidecarKind.Embedded,
    };

    private readonly Option<string[]> _set = Repeated("--set", "A setting of one service, APP:KEY=VALUE, such as gateway:Gateway:Deadline=00:00:00.200 (repeat).");
    private readonly Option<string[]> _replicas = Repeated("--replicas", "More of a service, APP=N, such as candidate-svc=2 (repeat).");

    public SuiteArguments()
    {
        var services = string.Join(", ", AppIds.All);
        _set.Validators.Add(parsed =>
        {
            foreach (var bad in parsed.Tokens.Where(static token => ServiceSetting.Parse(token.Value) is null))
                parsed.AddError($"--set '{bad.Value}': give APP:KEY=VALUE with one of the services {services}.");
        });
        _replicas.Validators.Add(parsed =>
        {
            foreach (var bad in parsed.Tokens.Where(static token => ReplicaCount.Parse(token.Value) is null))
                parsed.AddError($"--replicas '{bad.Value}': give APP=N with one of the services {services}.");
        });
    }

    public IEnumerable<Option> All =>
        [_state, _dataset, _models, _components, _port, _host, _logFormat, _logLevel, _processes, _sidecar, _redis, _replicas, _observe, _set];

    public bool InProcesses(ParseResult parsed) => parsed.GetValue(_processes);

    public SuiteOptions Read(ParseResult parsed)
    {
        var folder = parsed.GetRequiredValue(_state).FullName;
        return new SuiteOptions
        {
            StateDirectory = folder,
            DatasetDirectory = parsed.GetValue(_dataset)?.FullName ?? Path.Combine(folder, "dataset"),
            ModelsDirectory = parsed.GetValue(_models)?.FullName ?? Path.Combine(folder, "models"),
            ComponentsDirectory = parsed.GetRequiredValue(_components).FullName,
            Port = parsed.GetValue(_port),
            Host = parsed.GetRequiredValue(_host),
            LogFormat = parsed.GetRequiredValue(_logFormat),
            LogLevel = parsed.GetRequiredValue(_logLevel),
            Sidecar = parsed.GetValue(_sidecar),
            Redis = parsed.GetValue(_redis),
            Rules = parsed.GetValue(_observe)?.FullName,
            Replicas = ReplicaCount.Collect(parsed.GetRequiredValue(_replicas)),
            ExtraArguments = ServiceSetting.Group(parsed.GetRequiredValue(_set)),
        };
    }

    private static Option<string[]> Repeated(string name, string description) => new(name) { Description = description, DefaultValueFactory = static _ => [] };
}
