namespace Splitrail.FeatureSvc.Catalogs;

internal static class CatalogRegistration
{
    public static void AddCatalog(this IServiceCollection services)
    {
        services.AddSingleton<CatalogMirror>();
        services.AddHostedService(static provider => provider.GetRequiredService<CatalogMirror>());
    }
}
