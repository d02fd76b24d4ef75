using System.Diagnostics;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.Local.Daprd;
using Splitrail.Local.Observation;

namespace Splitrail.Local;

/// <summary>Starts a suite, says where it is, and waits for Ctrl+C or SIGTERM.</summary>
internal static class SuiteRun
{
    public static async Task<int> RunAsync(SuiteOptions options, bool processes, CancellationToken cancellationToken)
    {
        var faults = options.Validate();
        if (faults.Count == 0 && options.Port != 0 && !FreePorts.IsFree(options.Host is "0.0.0.0" or "*" ? "127.0.0.1" : options.Host, options.Port))
            faults = [$"--port {options.Port} is in use: stop what listens there, or give another, such as --port {options.Port + 1}."];
        if (faults.Count > 0)
        {
            foreach (var fault in faults)
                await Console.Error.WriteLineAsync(fault);
            return 2;
        }

        options = ConsoleLink.AddTo(options);
        Directory.CreateDirectory(options.StateDirectory);
        // The owner's file to edit; SuiteLayout hands its path to experiment-svc.
        DefaultDefinitions.WriteIfMissing(Path.Combine(options.StateDirectory, "experiments.json"));
        var started = Stopwatch.GetTimestamp();
        return processes
            ? await RunProcessesAsync(options, started, cancellationToken)
            : await RunInProcessAsync(options, started, cancellationToken);
    }

    private static async Task<int> RunInProcessAsync(SuiteOptions options, long started, CancellationToken cancellationToken)
    {
        await using var suite = new InProcessSuite(options, Console.WriteLine);
        await suite.StartAsync(cancellationToken);
        return await ServeAsync(suite.Layout, options, started, cancellationToken);
    }

    private static async Task<int> RunProcessesAsync(SuiteOptions options, long started, CancellationToken cancellationToken)
    {
        await using var suite = new ProcessSuite(options, Console.WriteLine);
        await suite.StartAsync(cancellationToken);
        return await ServeAsync(suite.Layout, options, started, cancellationToken);
    }

    private static async Task<int> ServeAsync(SuiteLayout layout, SuiteOptions options, long started, CancellationToken cancellationToken)
    {
        try
        {
            using var http = new HttpClient();
            await SuiteReadiness.WaitAsync(layout, http, TimeSpan.FromMinutes(3), static line => Console.Error.WriteLine(line), cancellationToken);
            if (options.Sidecar == SidecarKind.Daprd)
                Console.WriteLine($"Sidecars: daprd {await DaprdProgram.VersionAsync(DaprdProgram.Find()!, cancellationToken)}, {DaprdProgram.Find()}");
            Console.WriteLine(await Welcome.WriteAsync(layout, options, http, Stopwatch.GetElapsedTime(started), cancellationToken));
            await using var prometheus = options.Rules is { } rules ? await ObserveAsync(layout, rules, options.StateDirectory, cancellationToken) : null;
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopping.");
        }
        catch (TimeoutException notReady)
        {
            await Console.Error.WriteLineAsync(notReady.Message);
            return 1;
        }

        return 0;
    }

    private static async Task<PrometheusServer> ObserveAsync(SuiteLayout layout, string rules, string state, CancellationToken cancellationToken)
    {
        var server = await PrometheusServer.StartAsync(PrometheusServer.Find()!, layout, rules, Path.Combine(state, "prometheus"), TimeSpan.FromSeconds(5), Console.Error.WriteLine, cancellationToken);
        Console.WriteLine($"Prometheus: {server.Address} with the chart's rules");
        return server;
    }
}
