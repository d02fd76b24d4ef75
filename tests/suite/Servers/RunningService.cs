using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace Splitrail.Tests.Suite.Servers;

/// <summary>One service on a free port of the loopback address, spoken to over HTTP. It has no sidecar: nothing it is asked here needs one.</summary>
public sealed class RunningService : IAsyncDisposable
{
    private static readonly TimeSpan s_start = TimeSpan.FromSeconds(60);
    private readonly WebApplication _app;
    private bool _stopped;

    private RunningService(WebApplication app, HttpClient http) => (_app, Http) = (app, http);

    public HttpClient Http { get; }

    public static async Task<RunningService> StartAsync(Func<string[], WebApplication> build, params string[] arguments)
    {
        var app = build([.. arguments, "--urls=http://127.0.0.1:0", "--log-level=None", "--Dapr:HttpEndpoint=http://127.0.0.1:9"]);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new RunningService(app, new HttpClient { BaseAddress = new Uri(address) });
    }

    public async Task<RunningService> ReadyAsync()
    {
        await Eventually.TrueAsync(async () =>
        {
            _app.Lifetime.ApplicationStopping.ThrowIfCancellationRequested();
            return (await Http.GetAsync("/health/ready")).IsSuccessStatusCode;
        }, s_start, "the service is ready");
        return this;
    }

    public async Task<TAnswer> PostAsync<TBody, TAnswer>(string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType)
    {
        using var answer = await Http.PostAsJsonAsync(path, body, bodyType);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync(answerType))!;
    }

    /// <summary>Delivers a message as the sidecar does; returns the status the app answered with.</summary>
    public async Task<string> DeliverAsync<T>(string route, T message, JsonTypeInfo<T> type)
    {
        var envelope = new JsonObject { ["id"] = Guid.NewGuid().ToString(), ["specversion"] = "1.0", ["data"] = JsonSerializer.SerializeToNode(message, type) };
        using var content = new StringContent(envelope.ToJsonString(), null, "application/cloudevents+json");
        using var answer = await Http.PostAsync(route, content);
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["status"]!;
    }

    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await Http.GetStringAsync(path))!;

    public async ValueTask DisposeAsync()
    {
        if (_stopped)
            return;
        _stopped = true;
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
