using Splitrail.Contracts;
using Splitrail.Gateway.Browsers;
using Splitrail.Gateway.Input;
using Splitrail.Gateway.Limits;
using Splitrail.Hosting;

namespace Splitrail.Gateway;

/// <summary>The one seam by which tests and the laptop host start this service.</summary>
public static class GatewayApp
{
    /// <param name="args">Settings such as <c>--Gateway:Deadline=00:00:00.200</c> and <c>--Dapr:HttpEndpoint=http://127.0.0.1:3500</c>.</param>
    /// <param name="configure">Changes the builder before anything is read from it.</param>
    /// <exception cref="OptionsFaultException">The options are wrong.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = ServiceDefaults.CreateBuilder(args, AppIds.Gateway);
        // A stack trace per proxied request while experiment-svc is away helps nobody: the answer is a 503 that is logged and counted.
        builder.Logging.AddFilter("Yarp", LogLevel.Error);
        configure?.Invoke(builder);
        builder.Services.AddGateway(builder.Configuration);
        var app = builder.Build();
        app.UseServiceDefaults();
        var options = app.Services.GetRequiredService<GatewayOptions>();
        // Before the limits: a page has to be able to read that it was refused, and a preflight is no request.
        app.UseBrowserOrigins(options.CorsOrigins);
        app.UseClientLimits(options.Limits);
        app.MapOpenApi();
        app.MapExperimentProxy();
        app.MapPreviews();
        var api = app.MapGroup("").WithStrictQueries().ProducesProblem(StatusCodes.Status400BadRequest);
        var shops = api.MapGroup("").OpenToBrowsers(options.CorsOrigins).LimitedPerClient(options.Limits);
        api.MapGroup("").WithTags("Welcome").MapWelcome();
        shops.MapGroup("").WithTags("Recommendations").MapRecommendations();
        shops.MapGroup("").WithTags("Items").MapItems();
        shops.MapGroup("").WithTags("Items").MapSearch();
        shops.MapGroup("").WithTags("Events").MapEvents();
        api.MapGroup("").WithTags("Shop").MapShop();
        api.MapGroup("").WithTags("Feature flags").MapFeatureFlags();
        api.MapGroup("").WithTags("Caches").MapCaches();
        return app;
    }
}
