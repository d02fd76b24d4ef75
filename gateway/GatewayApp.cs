using Splitrail.Contracts;
using Splitrail.Gateway.Input;
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
        app.MapOpenApi();
        app.MapExperimentProxy();
        var api = app.MapGroup("").WithStrictQueries().ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGroup("").WithTags("Welcome").MapWelcome();
        api.MapGroup("").WithTags("Recommendations").MapRecommendations();
        api.MapGroup("").WithTags("Items").MapItems();
        api.MapGroup("").WithTags("Items").MapSearch();
        api.MapGroup("").WithTags("Events").MapEvents();
        api.MapGroup("").WithTags("Shop").MapShop();
        api.MapGroup("").WithTags("Feature flags").MapFeatureFlags();
        api.MapGroup("").WithTags("Caches").MapCaches();
        return app;
    }
}
