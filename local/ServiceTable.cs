using Splitrail.CandidateSvc;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc;
using Splitrail.FeatureSvc;
using Splitrail.Gateway;
using Splitrail.RankingSvc;

namespace Splitrail.Local;

/// <summary>The five services by app-id.</summary>
internal static class ServiceTable
{
    /// <exception cref="ArgumentException">No service has this app-id.</exception>
    public static WebApplication Build(string appId, string[] args) => appId switch
    {
        AppIds.Gateway => GatewayApp.Build(args),
        AppIds.Candidate => CandidateApp.Build(args),
        AppIds.Ranking => RankingApp.Build(args),
        AppIds.Experiment => ExperimentApp.Build(args),
        AppIds.Feature => FeatureApp.Build(args),
        _ => throw new ArgumentException($"Unknown service '{appId}'. Known: {string.Join(", ", AppIds.All)}."),
    };
}
