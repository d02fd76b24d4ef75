using Splitrail.ExperimentSvc.Aggregates;
using Splitrail.ExperimentSvc.Catalog;
using Splitrail.ExperimentSvc.Results;
using Splitrail.ExperimentSvc.Results.Shown;

namespace Splitrail.ExperimentSvc.Decisions;

internal static class DecisionRegistration
{
    public static void AddDecisions(this IServiceCollection services)
    {
        services.AddSingleton<AggregateReader>();
        services.AddSingleton<SegmentReader>();
        services.AddSingleton<EpochShares>();
        services.AddSingleton<FactsReader>();
        services.AddSingleton<DecisionMetrics>();
        services.AddSingleton<ResultMetrics>();
        services.AddSingleton<DecisionStore>();
        services.AddSingleton<DecisionApplication>();
        services.AddSingleton<EvaluatorLease>();
        services.AddHostedService<Evaluator>();
        services.AddSingleton<CatalogWatch>();
        services.AddHostedService(static provider => provider.GetRequiredService<CatalogWatch>());
        services.AddSingleton<ShownReader>();
        services.AddSingleton<ResultsReader>();
        services.AddSingleton<DimensionReader>();
        services.AddSingleton<LoggedPeople>();
        services.AddSingleton<OffPolicyEvaluation>();
        services.AddSingleton<ExperimentPower>();
    }
}
