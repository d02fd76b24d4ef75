using Splitrail.ExperimentSvc.Registry.Calibration;
using Splitrail.ExperimentSvc.Registry.ServedDays;

namespace Splitrail.ExperimentSvc.Registry;

internal static class RegistryRegistration
{
    public static void AddModelRegistry(this IServiceCollection services)
    {
        services.AddSingleton<ModelVerification>();
        services.AddSingleton<ModelRegistry>();
        services.AddSingleton<RegistryReader>();
        services.AddSingleton<RegistryMetrics>();
        services.AddSingleton<ServedCountReader>();
        services.AddHostedService<RegistryUpkeep>();
        services.AddHostedService<ActivationWatcher>();
        services.AddSingleton<ServedCalibrationReader>();
        services.AddSingleton<CalibrationMetrics>();
        services.AddSingleton<ModelDayStore>();
        services.AddHostedService<CalibrationWatch>();
    }
}
