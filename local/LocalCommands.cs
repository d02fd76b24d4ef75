using System.CommandLine;
using Splitrail.Contracts;
using Splitrail.Local.Sidecar;
using Splitrail.Local.Sidecar.PubSub;

namespace Splitrail.Local;

/// <summary>The command line behind ./run.</summary>
internal static class LocalCommands
{
    public static RootCommand Create()
    {
        var state = new Option<DirectoryInfo>("--state") { Description = "Folder of everything kept between runs.", Required = true };
        var dataset = new Option<DirectoryInfo>("--dataset") { Description = "Dataset folder; STATE/dataset when not given." };
        var models = new Option<DirectoryInfo>("--models") { Description = "Models folder; STATE/models when not given." };
        var components = new Option<DirectoryInfo>("--components") { Description = "Folder of the Dapr YAML the sidecars read.", Required = true };
        var port = new Option<int>("--port") { Description = "Port of the gateway.", DefaultValueFactory = static _ => SuiteOptions.DefaultPort };
        var host = new Option<string>("--host") { Description = "Address the gateway listens on.", DefaultValueFactory = static _ => "127.0.0.1" };
        var logFormat = new Option<string>("--log-format") { Description = "json or human.", DefaultValueFactory = static _ => "human" };
        var logLevel = new Option<string>("--log-level") { Description = "Debug, Information, Warning, Error.", DefaultValueFactory = static _ => "Warning" };
        var processes = new Option<bool>("--processes") { Description = "Each service and each sidecar its own process, restarted when it dies." };
        var set = new Option<string[]>("--set")
        {
            Description = "A setting of one service, APP:KEY=VALUE, such as gateway:Gateway:Deadline=00:00:00.200 (repeat).",
            DefaultValueFactory = static _ => [],
        };
        set.Validators.Add(static parsed =>
        {
            foreach (var bad in parsed.Tokens.Where(static token => ServiceSetting.Parse(token.Value) is null))
                parsed.AddError($"--set '{bad.Value}': give APP:KEY=VALUE with one of the services {string.Join(", ", AppIds.All)}.");
        });
        var root = new RootCommand("Runs the whole suite on this machine: five services, each with its Dapr sidecar.")
        {
            state, dataset, models, components, port, host, logFormat, logLevel, processes, set,
        };
        root.SetAction((parsed, cancellationToken) =>
        {
            var folder = parsed.GetRequiredValue(state).FullName;
            var options = new SuiteOptions
            {
                StateDirectory = folder,
                DatasetDirectory = parsed.GetValue(dataset)?.FullName ?? Path.Combine(folder, "dataset"),
                ModelsDirectory = parsed.GetValue(models)?.FullName ?? Path.Combine(folder, "models"),
                ComponentsDirectory = parsed.GetRequiredValue(components).FullName,
                Port = parsed.GetValue(port),
                Host = parsed.GetRequiredValue(host),
                LogFormat = parsed.GetRequiredValue(logFormat),
                LogLevel = parsed.GetRequiredValue(logLevel),
                ExtraArguments = ServiceSetting.Group(parsed.GetRequiredValue(set)),
            };
            return SuiteRun.RunAsync(options, parsed.GetValue(processes), cancellationToken);
        });
        root.Subcommands.Add(Service());
        root.Subcommands.Add(Sidecar());
        root.Subcommands.Add(DeadLetterCommand.Create());
        return root;
    }

    private static Command Service()
    {
        var appId = new Argument<string>("app-id");
        var command = new Command("service", "Runs one service in this process; its own arguments follow.") { appId };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellationToken) =>
            HostAsync(() => ServiceTable.Build(parsed.GetRequiredValue(appId), [.. parsed.UnmatchedTokens]), cancellationToken));
        return command;
    }

    private static Command Sidecar()
    {
        var command = new Command("sidecar", "Runs one embedded Dapr sidecar in this process; its own arguments follow.") { TreatUnmatchedTokensAsErrors = false };
        command.SetAction((parsed, cancellationToken) => HostAsync(() => SidecarApp.Build([.. parsed.UnmatchedTokens]), cancellationToken));
        return command;
    }

    private static async Task<int> HostAsync(Func<WebApplication> build, CancellationToken cancellationToken)
    {
        ParentWatch.Start();
        await using var app = build();
        await app.StartAsync(cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }
}
