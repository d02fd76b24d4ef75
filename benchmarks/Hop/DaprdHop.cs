using System.Diagnostics;
using Splitrail.Contracts;
using Splitrail.Local;
using Splitrail.Local.Daprd;

namespace Splitrail.Benchmarks.Hop;

/// <summary>Two real daprd, the caller's and the callee's, with the policies of dapr-components/cluster; stores and broker are left out, a call does not touch them.</summary>
internal sealed class DaprdHop : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("splitrail-hop-");
    private readonly List<Process> _processes = [];

    /// <summary>Where the caller posts to.</summary>
    public Uri Address { get; private set; } = null!;

    public TimeSpan ProcessorTime => _processes.Aggregate(TimeSpan.Zero, static (sum, process) =>
    {
        process.Refresh();
        return sum + process.TotalProcessorTime;
    });

    /// <exception cref="OperationCanceledException">They are not ready within half a minute.</exception>
    public static async Task<DaprdHop> StartAsync(string program, string appId, int appPort, CancellationToken cancellationToken)
    {
        var hop = new DaprdHop();
        var source = Directory.CreateDirectory(Path.Combine(hop._folder.FullName, "source")).FullName;
        foreach (var file in new[] { "resiliency.yaml", "configuration.yaml" })
            File.Copy(Path.Combine("dapr-components", "cluster", file), Path.Combine(source, file));
        var ports = FreePorts.Take(4);
        var resources = DaprdResources.Write(source, hop._folder.FullName, "unused:0", new Dictionary<string, int> { [appId] = ports[0], [AppIds.Gateway] = ports[1] });
        await hop.StartAsync(DaprdPlan.Of(program, appId, appPort, ports[2], ports[0], resources, "--log-level", "error"), cancellationToken);
        hop.Address = await hop.StartAsync(DaprdPlan.Of(program, AppIds.Gateway, 0, ports[3], ports[1], resources, "--log-level", "error"), cancellationToken);
        return hop;
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private async Task<Uri> StartAsync(ProcessPlan plan, CancellationToken cancellationToken)
    {
        var process = plan.Start();
        // Read to the end, or a full pipe would stop it.
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _processes.Add(process);
        var address = new Uri($"http://127.0.0.1:{plan.Arguments[plan.Arguments.ToList().IndexOf("--dapr-http-port") + 1]}");
        await SidecarReadiness.WaitAsync(address, cancellationToken);
        return address;
    }
}
