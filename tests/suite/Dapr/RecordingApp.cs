using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Splitrail.Tests.Suite.Dapr;

/// <summary>The app behind a sidecar: writes down every call and answers as the test says.</summary>
public sealed class RecordingApp : IAsyncDisposable
{
    private readonly WebApplication _host;
    private readonly ConcurrentQueue<RecordedCall> _calls = new();
    private readonly ConcurrentDictionary<string, Func<RecordedCall, HttpContext, Task>> _behaviours = new();

    private RecordingApp(WebApplication host) => _host = host;

    public int Port => new Uri(_host.Urls.First()).Port;

    public IReadOnlyList<RecordedCall> Calls => [.. _calls];

    public static async Task<RecordingApp> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.AddServerHeader = false;
            kestrel.Listen(System.Net.IPAddress.Loopback, port);
        });
        var app = new RecordingApp(builder.Build());
        app._host.Run(app.HandleAsync);
        await app._host.StartAsync();
        return app;
    }

    /// <summary>Answers calls to a path, query left out.</summary>
    public RecordingApp On(string path, int status, string body = "", string? contentType = "application/json", params (string Name, string Value)[] headers) =>
        On(path, async (_, context) =>
        {
            context.Response.StatusCode = status;
            foreach (var (name, value) in headers)
                context.Response.Headers.Append(name, value);
            if (contentType is not null)
                context.Response.ContentType = contentType;
            if (body.Length > 0 && context.Request.Method != "HEAD")
                await context.Response.WriteAsync(body);
        });

    public RecordingApp On(string path, Func<RecordedCall, HttpContext, Task> behaviour)
    {
        _behaviours[path] = behaviour;
        return this;
    }

    public IReadOnlyList<RecordedCall> To(string path) => [.. _calls.Where(call => call.PathOnly == path)];

    /// <summary>Waits until so many calls to the path have come.</summary>
    public async Task<IReadOnlyList<RecordedCall>> WaitAsync(string path, int count, int seconds = 10)
    {
        await Eventually.TrueAsync(() => Task.FromResult(To(path).Count >= count), $"{count} calls to {path}, there were {To(path).Count}", seconds);
        return To(path);
    }

    public Task StopAsync() => _host.StopAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var call = new RecordedCall(
            context.Request.Method,
            context.Features.Get<IHttpRequestFeature>()!.RawTarget,
            context.Request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync());
        _calls.Enqueue(call);
        if (_behaviours.TryGetValue(call.PathOnly, out var behaviour))
        {
            await behaviour(call, context);
            return;
        }

        context.Response.StatusCode = 404;
        context.Response.ContentType = "text/plain";
        await context.Response.WriteAsync("app: not found " + call.Path);
    }
}

public sealed record RecordedCall(string Verb, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string PathOnly => Path.Split('?')[0];

    public string? this[string header] => Headers.GetValueOrDefault(header);
}
