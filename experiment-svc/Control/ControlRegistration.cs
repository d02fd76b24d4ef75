using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.Hosting;

namespace Splitrail.ExperimentSvc.Control;

internal static class ControlRegistration
{
    public static void AddControlPlane(this IServiceCollection services)
    {
        services.AddSingleton<DefinitionWatch>();
        services.AddSingleton<ActiveModelWatch>();
        services.AddSingleton<IDependencyCheck>(static provider => provider.GetRequiredService<DefinitionWatch>());
        services.AddSingleton<IDependencyCheck>(static provider => provider.GetRequiredService<ActiveModelWatch>());
        services.AddSingleton<SnapshotStore>();
        services.AddSingleton<DefinitionStore>();
        services.AddSingleton<DefinitionImport>();
        services.AddSingleton<EditTransaction>();
        services.AddSingleton<Editor>();
        services.AddSingleton<ControlPlane>();
        services.AddHostedService(static provider => provider.GetRequiredService<ControlPlane>());
        services.AddSingleton<ExperimentReader>();
    }
}
