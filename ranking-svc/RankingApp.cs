using Splitrail.Contracts;
using Splitrail.Dapr;
using Splitrail.Feeds;
using Splitrail.Hosting;
using Splitrail.Models;
using Splitrail.RankingSvc.Checks;
using Splitrail.RankingSvc.Quality;
using Splitrail.RankingSvc.Rankers;
using Splitrail.RankingSvc.ReRankers;
using Splitrail.RankingSvc.Rules;
using Splitrail.RankingSvc.Serving;
using Splitrail.RankingSvc.Shadows;

namespace Splitrail.RankingSvc;

/// <summary>The one seam by which tests and the laptop host start this service.</summary>
public static class RankingApp
{
    /// <exception cref="OptionsFaultException">The options are wrong.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = ServiceDefaults.CreateBuilder(args, AppIds.Ranking);
        var services = builder.Services;
        var options = RankingOptions.From(builder.Configuration);
        services.AddSingleton(options);
        services.AddSingleton(new ModelStore(options.ModelsDirectory));
        services.AddSingleton<RankingMetrics>();
        services.AddSingleton<IDependencyCheck, SidecarCheck>();
        services.AddControlFeed(builder.Configuration);
        services.AddCatalogFeed(builder.Configuration);
        services.AddSingleton<FollowedSnapshot>();
        services.AddSingleton<ModelOpening>();
        services.AddSingleton<ModelChecks>();
        services.AddSingleton<ModelLoader>();
        services.AddSingleton<ServingModels>();
        services.AddSingleton<IDependencyCheck>(static provider => provider.GetRequiredService<ServingModels>());
        services.AddSingleton<RankerTable>();
        services.AddSingleton<ReRankerTable>();
        services.AddSingleton(static provider => new CurrentMerchandising(() => provider.GetRequiredService<ControlFeed>().Current));
        services.AddSingleton<RequestRanking>();
        services.AddSingleton<ShadowMetrics>();
        services.AddSingleton<ShadowScoring>();
        services.AddHostedService(static provider => provider.GetRequiredService<ShadowScoring>());
        services.AddSingleton<QualityMetrics>();
        services.AddHostedService<ModelKeeper>();
        services.AddHostedService<FirstLook>();
        configure?.Invoke(builder);

        var app = builder.Build().UseServiceDefaults();
        // Its gauges are read, never called.
        app.Services.GetRequiredService<QualityMetrics>();
        app.MapRank();
        app.MapModelChecks();
        return app;
    }
}
