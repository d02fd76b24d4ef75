using Microsoft.FeatureManagement;
using Splitrail.Contracts;
using Splitrail.Dapr;
using Splitrail.Feeds;
using Splitrail.Gateway.Assignment;
using Splitrail.Gateway.Browsers;
using Splitrail.Gateway.Caching;
using Splitrail.Gateway.Events;
using Splitrail.Gateway.Exposures;
using Splitrail.Gateway.Flags;
using Splitrail.Gateway.Impressions;
using Splitrail.Gateway.Inner;
using Splitrail.Gateway.Interleaving;
using Splitrail.Gateway.Limits;
using Splitrail.Gateway.Lists;
using Splitrail.Gateway.PopularList;
using Splitrail.Gateway.Previews;
using Splitrail.Gateway.Proxy;
using Splitrail.Gateway.Publishing;
using Splitrail.Gateway.Recommendations;
using Splitrail.Gateway.Search;
using Splitrail.Gateway.Sessions;
using Splitrail.Hosting;

namespace Splitrail.Gateway;

internal static class GatewayRegistration
{
    public static void AddGateway(this IServiceCollection services, IConfiguration configuration)
    {
        var options = GatewayOptions.From(configuration);
        services.AddSingleton(options);
        services.AddBrowserOrigins(options.CorsOrigins);
        services.AddClientLimits(options.Limits);
        services.AddDapr(configuration);
        services.AddControlFeed(configuration);
        services.AddCatalogFeed(configuration);
        services.AddPublicApi();
        services.AddHttpForwarder();
        services.AddSingleton<GatewayMetrics>();
        services.AddSingleton<ExperimentProxy>();
        services.AddSingleton<PreviewKey>();
        services.AddSingleton<EventIntake>();
        services.AddFlags();
        services.AddInner();
        services.AddLists();
        services.AddExposures();
        services.AddImpressions();
    }

    private static void AddFlags(this IServiceCollection services)
    {
        services.AddSingleton<ControlPlane>();
        services.AddSingleton(static provider =>
        {
            var control = provider.GetRequiredService<ControlPlane>();
            return new SnapshotFeatureDefinitions(() => control.Current.Snapshot);
        });
        services.AddSingleton<IFeatureDefinitionProvider>(static provider => provider.GetRequiredService<SnapshotFeatureDefinitions>());
        services.AddFeatureManagement();
    }

    private static void AddInner(this IServiceCollection services)
    {
        services.AddSingleton<CallLedger>();
        services.AddSingleton<ReplicaBook>();
        services.AddHostedService<TurnProbe>();
        services.AddSingleton<InnerServices>();
        foreach (var appId in AppIds.All.Where(static id => id != AppIds.Gateway))
        {
            services.AddSingleton<IDependencyCheck>(provider => InnerServiceCheck.Of(
                appId, provider.GetRequiredService<InnerServices>(), provider.GetRequiredService<CallLedger>(), provider.GetRequiredService<ControlPlane>()));
        }
    }

    private static void AddLists(this IServiceCollection services)
    {
        services.AddSingleton<ContextCache>();
        services.AddSingleton<ListCache>();
        services.AddSingleton<CacheWarmup>();
        services.AddSingleton<PopularItems>();
        services.AddSingleton<PopularFallback>();
        services.AddSingleton<PopularRefresh>();
        services.AddHostedService(static provider => provider.GetRequiredService<PopularRefresh>());
        services.AddSingleton<ContextStage>();
        services.AddSingleton<CandidateStage>();
        services.AddSingleton<RankingStage>();
        services.AddSingleton<Listing>();
        services.AddSingleton<Interleaver>();
        services.AddSingleton<ItemLists>();
        services.AddSingleton<SearchLists>();
        services.AddSingleton<RecommendationPipeline>();
        services.AddHostedService<FirstCalls>();
    }

    private static void AddExposures(this IServiceCollection services)
    {
        services.AddSingleton<GuestSessions>();
        services.AddHostedService<GuestSessionWriter>();
        services.AddSingleton<ExposureLog>();
        services.AddPublisher(
            static provider => provider.GetRequiredService<ExposureLog>().Buffer,
            static (dapr, options, metrics) => new BatchTopic<Exposure>("exposures", options.ExposureBatchSize, static _ => 1, (batch, token) => dapr.PublishEventAsync(
                Topics.PubSub, Topics.Exposures, new ExposureBatch(batch), ContractsJson.Default.ExposureBatch, cancellationToken: token), metrics.ExposuresPublished));
    }

    private static void AddImpressions(this IServiceCollection services)
    {
        // Some hundred bytes for each item that is shown: what a message weighs.
        const int items = 500;
        services.AddSingleton<ImpressionLog>();
        services.AddPublisher(
            static provider => provider.GetRequiredService<ImpressionLog>().Buffer,
            static (dapr, _, metrics) => new BatchTopic<Impression>("impressions", items, static one => one.Items.Count, (batch, token) => dapr.PublishEventAsync(
                Topics.ListsPubSub, Topics.Impressions, new ImpressionBatch(batch), ContractsJson.Default.ImpressionBatch, cancellationToken: token), metrics.ImpressionsPublished));
    }

    private static void AddPublisher<T>(
        this IServiceCollection services, Func<IServiceProvider, PublishBuffer<T>> buffer, Func<DaprClient, GatewayOptions, GatewayMetrics, BatchTopic<T>> topic) =>
        services.AddHostedService(provider => new BatchPublisher<T>(
            buffer(provider),
            topic(provider.GetRequiredService<DaprClient>(), provider.GetRequiredService<GatewayOptions>(), provider.GetRequiredService<GatewayMetrics>()),
            provider.GetRequiredService<GatewayOptions>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<BatchPublisher<T>>>()));
}
