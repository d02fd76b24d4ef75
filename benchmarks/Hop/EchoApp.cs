using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Splitrail.Benchmarks.Hop;

/// <summary>The cheapest app there is: it answers every post with a constant, so that what remains is the way there.</summary>
internal sealed class EchoApp : IAsyncDisposable
{
    private readonly WebApplication _host;

    private EchoApp(WebApplication host) => _host = host;

    public Uri Address => new(_host.Urls.First());

    public static async Task<EchoApp> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = new EchoApp(builder.Build());
        var answer = """{"outcome":"found"}"""u8.ToArray();
        app._host.Run(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = answer.Length;
            await context.Response.Body.WriteAsync(answer);
        });
        await app._host.StartAsync();
        return app;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
