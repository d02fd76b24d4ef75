using System.CommandLine;
using Splitrail.Local.Sidecar;
using Splitrail.Local.Sidecar.PubSub;

namespace Splitrail.Local;

/// <summary>The command line behind ./run.</summary>
internal static class LocalCommands
{
    public static RootCommand Create()
    {
        var root = new RootCommand("Runs the whole suite on this machine: five services, each with its Dapr sidecar.");
        var arguments = new SuiteArguments();
        foreach (var option in arguments.All)
            root.Options.Add(option);
        root.SetAction((parsed, cancellationToken) => SuiteRun.RunAsync(arguments.Read(parsed), arguments.InProcesses(parsed), cancellationToken));
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
