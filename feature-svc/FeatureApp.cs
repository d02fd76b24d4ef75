using Splitrail.Contracts;
using Splitrail.Dapr;
using Splitrail.FeatureSvc.Catalogs;
using Splitrail.FeatureSvc.Contexts;
using Splitrail.FeatureSvc.Events;
using Splitrail.FeatureSvc.Seeding;
using Splitrail.FeatureSvc.Shop;
using Splitrail.Hosting;
using Splitrail.Sql;

namespace Splitrail.FeatureSvc;

/// <summary>The one seam by which tests and the laptop host start this service.</summary>
public static class FeatureApp
{
    /// <exception cref="OptionsFaultException">The options are wrong.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = ServiceDefaults.CreateBuilder(args, AppIds.Feature);
        var services = builder.Services;
        var options = FeatureOptions.From(builder.Configuration);
        services.AddSingleton(options);
        services.AddSingleton<FeatureMetrics>();
        services.AddDapr(builder.Configuration);
        services.AddSingleton<IDependencyCheck, SidecarCheck>();
        services.AddSqlDatabase(options.Sql, FeatureSchema.Plan);
        services.AddSeeding();
        services.AddCatalog();
        services.AddSingleton<ContextCache>();
        services.AddSingleton<ContextReader>();
        services.AddSingleton<EventLog>();
        services.AddSingleton(static provider => new BatchIntake<ShopEvent>(
            new IntakeRules<ShopEvent>("events", EventRules.FaultOf, provider.GetRequiredService<EventLog>().StoreAsync, provider.GetRequiredService<FeatureMetrics>().CountEvents),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<BatchIntake<ShopEvent>>>()));
        services.AddSingleton<ShopReader>();
        configure?.Invoke(builder);

        var app = builder.Build().UseServiceDefaults();
        app.MapContext();
        app.MapCatalog();
        app.MapShop();
        app.MapInteractions();
        return app;
    }
}
