using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Splitrail.ExperimentSvc;

namespace Splitrail.Benchmarks.Results;

/// <summary>experiment-svc alone, with a database of its own and nobody at the other end of its sidecar.</summary>
internal sealed class MeasuredService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private MeasuredService(WebApplication app, string database)
    {
        (_app, Database) = (app, database);
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address };
    }

    public HttpClient Http { get; }

    /// <summary>Path of the SQLite file.</summary>
    public string Database { get; }

    public static async Task<MeasuredService> StartAsync(string folder, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var database = Path.Combine(folder, "experiment-svc.db");
        var app = ExperimentApp.Build([$"--ExperimentSvc:Database={database}", "--urls=http://127.0.0.1:0", "--log-level=None", "--Dapr:HttpEndpoint=http://127.0.0.1:9", .. arguments]);
        await app.StartAsync(cancellationToken);
        var service = new MeasuredService(app, database);
        while (!(await service.Http.GetAsync("/health/ready", cancellationToken)).IsSuccessStatusCode)
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
