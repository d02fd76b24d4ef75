using Splitrail.Hosting;

namespace Splitrail.FeatureSvc.Seeding;

internal static class SeedingRegistration
{
    public static void AddSeeding(this IServiceCollection services)
    {
        services.AddSingleton<DatasetSeed>();
        services.AddHostedService(static provider => provider.GetRequiredService<DatasetSeed>());
        services.AddSingleton<IDependencyCheck>(static provider => provider.GetRequiredService<DatasetSeed>());
    }
}
