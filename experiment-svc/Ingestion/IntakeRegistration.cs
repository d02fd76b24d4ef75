using Splitrail.ExperimentSvc.Exposures;
using Splitrail.ExperimentSvc.Impressions;
using Splitrail.ExperimentSvc.Interleaving;

namespace Splitrail.ExperimentSvc.Ingestion;

internal static class IntakeRegistration
{
    public static void AddIntake(this IServiceCollection services, IngestionOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(new ExclusionRules(options.Excluded));
        services.AddSingleton<ExperimentBook>();
        services.AddSingleton<OutcomeInbox>();
        services.AddSingleton<SessionLinks>();
        services.AddSingleton<PeopleGathering>();
        services.AddSingleton<PersonRules>();
        services.AddSingleton<DeletedUnits>();
        services.AddSingleton<IntakeTransaction>();
        services.AddSingleton<IntakeWriter>();
        services.AddHostedService(static provider => provider.GetRequiredService<IntakeWriter>());
        services.AddSingleton<BrokerIntake>();
        services.AddSingleton<PersonDeletion>();
        services.AddSingleton<Recount>();
        services.AddSingleton<Retention>();
        services.AddHostedService<IntakeUpkeep>();
        services.AddHostedService<IntakeHeartbeat>();
        services.AddSingleton<QualityReader>();
        services.AddSingleton<ExposureLog>();
        services.AddSingleton<ServedListStore>();
        services.AddSingleton<ImpressionIntake>();
        services.AddSingleton<ImpressionExport>();
        services.AddSingleton<InterleavingReader>();
    }
}
