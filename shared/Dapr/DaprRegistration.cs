using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Splitrail.Dapr;

public static class DaprRegistration
{
    /// <summary>Name of the HTTP client that talks to the sidecar.</summary>
    public const string HttpClientName = "dapr";

    /// <summary>Adds <see cref="DaprClient"/> and its options, which are checked at start.</summary>
    public static IServiceCollection AddDapr(this IServiceCollection services, IConfiguration configuration)
    {
        var setup = new DaprOptionsSetup(configuration);
        services.AddSingleton<IPostConfigureOptions<DaprOptions>>(setup);
        services.AddSingleton<IValidateOptions<DaprOptions>>(setup);
        services.AddOptions<DaprOptions>().Bind(configuration.GetSection(DaprOptions.Section)).ValidateOnStart();
        services.AddHttpClient(HttpClientName)
            .ConfigureHttpClient(Configure)
            .UseSocketsHttpHandler(static (handler, _) => Configure(handler))
            // One address on the same machine: there is no DNS change that a new handler would have to notice.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // Every call is already counted and traced; two log lines per hop are noise at 3 hops per request.
            .RemoveAllLoggers();
        services.AddSingleton<DaprMetrics>();
        services.AddSingleton(static provider =>
            new DaprClient(provider.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName), provider.GetRequiredService<DaprMetrics>()));
        return services;
    }

    private static void Configure(IServiceProvider provider, HttpClient client)
    {
        var options = provider.GetRequiredService<IOptions<DaprOptions>>().Value;
        client.BaseAddress = new Uri(options.HttpEndpoint);
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.DefaultRequestVersion = HttpVersion.Version11;
        if (options.ApiToken is { } token)
            client.DefaultRequestHeaders.TryAddWithoutValidation("dapr-api-token", token);
    }

    private static void Configure(SocketsHttpHandler handler)
    {
        handler.UseProxy = false;
        handler.UseCookies = false;
        handler.AllowAutoRedirect = false;
        handler.AutomaticDecompression = DecompressionMethods.None;
        handler.MaxConnectionsPerServer = 512;
        handler.ConnectTimeout = TimeSpan.FromSeconds(2);
        handler.PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2);
    }
}
