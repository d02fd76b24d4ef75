using System.CommandLine;
using Splitrail.Local;
using Splitrail.Trainer;

namespace Splitrail.Benchmarks;

/// <summary>The command line behind ./bench.</summary>
internal static class BenchCommands
{
    public static RootCommand Create()
    {
        var name = new Argument<string?>("name") { Description = "Which measurement; none lists them.", Arity = ArgumentArity.ZeroOrOne };
        var data = new Option<string?>("--data") { Description = "Data to measure on instead of the demo shop." };
        var format = new Option<string?>("--format") { Description = "Format of --data: online-retail, movielens, …" };
        var seed = new Option<ulong>("--seed") { Description = "Seed of everything random.", DefaultValueFactory = static _ => 1 };
        var state = new Option<string>("--state") { Description = "Folder for what is kept between runs.", DefaultValueFactory = static _ => ".state/bench" };
        var sidecar = new Option<SidecarKind>("--sidecar") { Description = "end-to-end: daprd measures it on real daprd as well.", DefaultValueFactory = static _ => SidecarKind.Embedded };
        var runs = new Option<int?>("--runs") { Description = "Simulations: how many runs of each case instead of the default." };
        var check = new Option<bool>("--check") { Description = "Exit with 1 when a target is missed, or what the bench holds instead: figures reached, with slack." };
        var root = new RootCommand("Measures, and prints one line of JSON last.") { name, data, format, seed, state, sidecar, runs, check };
        root.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(name) is not { } wanted)
                return List();
            if (BenchTable.All.FirstOrDefault(bench => bench.Name == wanted) is not { } bench)
            {
                await Console.Error.WriteLineAsync($"There is no bench '{wanted}'.");
                List();
                return 2;
            }

            var request = new BenchRequest(
                parsed.GetValue(data), parsed.GetValue(format), parsed.GetValue(seed), Path.GetFullPath(parsed.GetRequiredValue(state)),
                parsed.GetValue(sidecar), parsed.GetValue(runs), Console.Error.WriteLine);
            return await RunAsync(bench, request, parsed.GetValue(check), cancellationToken);
        });
        return root;
    }

    private static async Task<int> RunAsync(IBench bench, BenchRequest request, bool check, CancellationToken cancellationToken)
    {
        try
        {
            var report = new BenchReport(bench, request.Sidecar, await bench.RunAsync(request, cancellationToken));
            Console.WriteLine(report.ToJson());
            if (!check || report.Broken.Count == 0)
                return 0;
            foreach (var broken in report.Broken)
                await Console.Error.WriteLineAsync(broken);
            return 1;
        }
        catch (InputException fault)
        {
            // Data that are not there are the caller's to give: the message says which.
            await Console.Error.WriteLineAsync(fault.Message);
            return 2;
        }
    }

    private static int List()
    {
        Console.WriteLine("./bench NAME [--data PATH --format FORMAT] [--seed N] [--runs N] [--check]\n");
        foreach (var bench in BenchTable.All)
            Console.WriteLine($"  {bench.Name,-14} {bench.Summary}");
        return 0;
    }
}
