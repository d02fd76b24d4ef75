using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Splitrail.Gateway;
using Splitrail.Tests.Suite.Shop;

namespace Splitrail.Tests.Suite.Gateway;

/// <summary>The gateway alone, on a free port.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private readonly WebApplication _app;
    private bool _stopped;

    private RunningGateway(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
    }

    public HttpClient Http { get; }

    /// <param name="sidecar">Address of its sidecar.</param>
    /// <param name="settings">Further arguments. The stages get more time than in production: a busy machine is no fault.</param>
    public static Task<RunningGateway> StartAsync(string sidecar, params string[] settings) => StartAsync(sidecar, null, settings);

    /// <param name="sidecar">Address of its sidecar.</param>
    /// <param name="clock">Null for the machine's.</param>
    /// <param name="settings">Further arguments.</param>
    public static async Task<RunningGateway> StartAsync(string sidecar, TimeProvider? clock, params string[] settings)
    {
        string[] arguments =
        [
            "--urls=http://127.0.0.1:0", "--log-level=None", $"--Dapr:HttpEndpoint={sidecar}", "--Feeds:PollInterval=00:00:00.020",
            "--Gateway:Deadline=00:00:00.500", "--Gateway:StageTimeouts:Context=00:00:00.150", "--Gateway:StageTimeouts:Candidates=00:00:00.150",
            "--Gateway:StageTimeouts:Ranking=00:00:00.150", "--Gateway:PopularListRefresh=00:00:00.050", .. settings,
        ];
        var app = GatewayApp.Build(arguments, builder =>
        {
            if (clock is not null)
                builder.Services.AddSingleton(clock);
        });
        await app.StartAsync();
        return new RunningGateway(app);
    }

    /// <summary>Waits until both feeds and the popular list are there.</summary>
    public async Task<RunningGateway> WarmAsync()
    {
        await Eventually.ReachesAsync(() => Http.GetAsync("/health/ready"), static answer => answer.IsSuccessStatusCode, "the gateway is ready");
        await Eventually.ReachesAsync(() => PostAsync("/v1/recommendations", """{"user_id":"warm-up"}"""), static answer => answer.Level() == 0, "a first full answer");
        return this;
    }

    public async Task<JsonElement> PostAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await Http.PostAsync(path, content);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public Task<JsonElement> RecommendAsync(string json) => PostAsync("/v1/recommendations", json);

    public Task<JsonElement> GetAsync(string path) => Http.GetFromJsonAsync<JsonElement>(path);

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

/// <summary>Reading answers.</summary>
internal static class AnswerReading
{
    public static int Level(this JsonElement answer) => answer.GetProperty("fallback_level").GetInt32();

    public static string? Cause(this JsonElement answer) => answer.TryGetProperty("fallback_cause", out var cause) ? cause.GetString() : null;

    public static string[] ItemIds(this JsonElement answer) =>
        [.. answer.GetProperty(answer.TryGetProperty("items", out _) ? "items" : "recommendations").EnumerateArray().Select(static item => item.GetProperty("item_id").GetString()!)];
}
