using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Splitrail.Contracts;
using Splitrail.Feeds;

namespace Splitrail.Tests.Unit.InnerServices;

/// <summary>Stands for the sidecar: answers the two feeds from what the test sets, over HTTP.</summary>
internal sealed class FeedSidecar : IAsyncDisposable
{
    private readonly WebApplication _app;
    private volatile ControlSnapshot? _control;
    private volatile CatalogFeedResponse? _catalogue;

    private FeedSidecar(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public static async Task<FeedSidecar> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var sidecar = new FeedSidecar(app);
        app.MapPost($"/v1.0/invoke/{AppIds.Experiment}/method{InnerPaths.ControlFeed}", sidecar.Control);
        app.MapPost($"/v1.0/invoke/{AppIds.Feature}/method{InnerPaths.CatalogFeed}", sidecar.Catalogue);
        app.MapGet("/v1.0/healthz/outbound", () => Results.NoContent());
        await app.StartAsync();
        return sidecar;
    }

    public void Activate(string model, long version) => Serve(null, model, version);

    public void Activate(ControlSnapshot snapshot) => _control = snapshot with { ContentHash = SnapshotHash.Of(snapshot) };

    /// <summary>Several models at once; <paramref name="model"/> is what older releases are told.</summary>
    public void Serve(ServedModels? models, string model, long version) =>
        Activate(new ControlSnapshot(version, "", 0, model, [], new Dictionary<string, bool>(), Models: models));

    public void Offer(long version, params CatalogItem[] items) => _catalogue = new CatalogFeedResponse(Outcomes.Changed, version, Full: true, items);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Control(HttpContext http)
    {
        var held = await Held(http);
        var answer = _control is { } control && control.Version != held
            ? new ControlFeedResponse(Outcomes.Changed, control)
            : new ControlFeedResponse(Outcomes.Unchanged, null);
        await http.Response.WriteAsJsonAsync(answer, ContractsJson.Default.ControlFeedResponse);
    }

    private async Task Catalogue(HttpContext http)
    {
        var held = await Held(http);
        var answer = _catalogue is { } catalogue && catalogue.Version != held
            ? catalogue
            : new CatalogFeedResponse(Outcomes.Unchanged, held, Full: false, []);
        await http.Response.WriteAsJsonAsync(answer, ContractsJson.Default.CatalogFeedResponse);
    }

    private static async Task<long> Held(HttpContext http) =>
        (await JsonSerializer.DeserializeAsync(http.Request.Body, ContractsJson.Default.FeedRequest))!.Version;
}
