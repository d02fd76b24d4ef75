using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Splitrail.Tests.Suite.Gateway;

/// <summary>
/// A sidecar that says what a test tells it to: for faults the real one cannot be made to have on demand, such as malformed and slow answers.
/// How the gateway gets on with the real services is tested with the whole suite.
/// </summary>
internal sealed class ScriptedSidecar : IAsyncDisposable
{
    private const string InvokePrefix = "/v1.0/invoke/";
    private const string Batch = "/batch";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Func<HttpContext, string, Task>> _scripts = new();

    private ScriptedSidecar(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>Bodies by path, in the order they came.</summary>
    public ConcurrentQueue<(string Path, string Body)> Received { get; } = new();

    public static async Task<ScriptedSidecar> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var sidecar = new ScriptedSidecar(builder.Build());
        sidecar._app.Run(sidecar.AnswerAsync);
        await sidecar._app.StartAsync();
        return sidecar;
    }

    public void Answer<T>(string appId, string path, T value, JsonTypeInfo<T> type) =>
        Answer(appId, path, 200, JsonSerializer.Serialize(value, type));

    public void Answer(string appId, string path, int status, string json) => On($"{InvokePrefix}{appId}/method{path}", async (context, _) =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(json);
    });

    /// <summary>Takes the call and answers only when the caller has long given up.</summary>
    public void Hang(string appId, string path) =>
        On($"{InvokePrefix}{appId}/method{path}", static async (context, _) =>
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing));

    /// <summary>As daprd says that the callee is not there.</summary>
    public void TakeAway(string appId, string path) => Answer(
        appId,
        path,
        500,
        $$"""{"errorCode":"ERR_DIRECT_INVOKE","message":"failed to invoke, id: {{appId}}, err: rpc error: code = Internal desc = connection refused"}""");

    public void On(string path, Func<HttpContext, string, Task> script) => _scripts[path] = script;

    public IReadOnlyList<JsonElement> BodiesOf(string pathEnd) =>
        [.. Received.Where(one => one.Path.EndsWith(pathEnd, StringComparison.Ordinal)).Select(static one => JsonDocument.Parse(one.Body).RootElement)];

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var path = context.Request.Path.Value!;
        if (path.EndsWith(Batch, StringComparison.Ordinal) && _scripts.TryGetValue(path[..^Batch.Length], out var single))
        {
            Received.Enqueue((path, body));
            await AnswerEachAsync(context, path[..^Batch.Length], body, single);
            return;
        }

        Received.Enqueue((path, body));
        if (_scripts.TryGetValue(path, out var script))
        {
            await script(context, body);
            return;
        }

        context.Response.StatusCode = 500;
        await context.Response.WriteAsJsonAsync(new { errorCode = "ERR_DIRECT_INVOKE", message = $"failed to invoke, id: {path}, err: couldn't find service: {path}" });
    }

    /// <summary>A call for several, by the script for one; what is no 200 for one of them is the answer for all.</summary>
    private async Task AnswerEachAsync(HttpContext context, string path, string body, Func<HttpContext, string, Task> script)
    {
        var answers = new List<string>();
        foreach (var entry in JsonDocument.Parse(body).RootElement.GetProperty("entries").EnumerateArray())
        {
            Received.Enqueue((path, entry.GetRawText()));
            var one = new DefaultHttpContext { RequestAborted = context.RequestAborted, Response = { Body = new MemoryStream() } };
            await script(one, entry.GetRawText());
            answers.Add(Encoding.UTF8.GetString(((MemoryStream)one.Response.Body).ToArray()));
            context.Response.StatusCode = one.Response.StatusCode;
            if (one.Response.StatusCode != StatusCodes.Status200OK)
                break;
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(context.Response.StatusCode == StatusCodes.Status200OK ? $$"""{"entries":[{{string.Join(',', answers)}}]}""" : answers[^1]);
    }
}
