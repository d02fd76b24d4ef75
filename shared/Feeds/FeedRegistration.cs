using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Splitrail.Hosting;

namespace Splitrail.Feeds;

public static class FeedRegistration
{
    /// <summary>The control snapshot: <see cref="ControlFeed"/>.</summary>
    public static IServiceCollection AddControlFeed(this IServiceCollection services, IConfiguration configuration) =>
        services.AddFeed<ControlFeed>(configuration);

    /// <summary>The catalogue: <see cref="CatalogFeed"/>.</summary>
    public static IServiceCollection AddCatalogFeed(this IServiceCollection services, IConfiguration configuration) =>
        services.AddFeed<CatalogFeed>(configuration);

    private static IServiceCollection AddFeed<T>(this IServiceCollection services, IConfiguration configuration)
        where T : FeedPoller
    {
        services.AddSingleton(FeedOptions.From(configuration));
        services.AddSingleton<T>();
        services.AddSingleton<FeedPoller>(static provider => provider.GetRequiredService<T>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, FeedAges>());
        services.AddHostedService(static provider => provider.GetRequiredService<T>());
        services.AddSingleton<IDependencyCheck>(static provider => provider.GetRequiredService<T>());
        return services;
    }
}
