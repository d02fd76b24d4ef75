using Splitrail.Contracts;
using Splitrail.Dapr;
using Splitrail.Gateway.Assignment;
using Splitrail.Hosting;

namespace Splitrail.Gateway.Inner;

/// <summary>Says of one inner service what its last call came to; asks it when there was none lately.</summary>
internal sealed class InnerServiceCheck(string appId, CallLedger ledger, Func<CancellationToken, Task<DaprFault?>> probe) : IDependencyCheck
{
    private static readonly TimeSpan s_recent = TimeSpan.FromSeconds(10);

    public string Name => appId;

    public async ValueTask<DependencyStatus> CheckAsync(CancellationToken cancellationToken)
    {
        if (ledger.Find(appId, s_recent) is { } last)
            return Status(last.Fault, "the last call");
        return Status(await probe(cancellationToken), "a probe");
    }

    /// <exception cref="ArgumentException">The gateway does not lean on such a service.</exception>
    public static InnerServiceCheck Of(string appId, InnerServices services, CallLedger ledger, ControlPlane control) => new(appId, ledger, appId switch
    {
        AppIds.Feature => async token => (await services.StatisticsAsync(token)).Fault,
        AppIds.Candidate => async token => (await services.ModelAsync(token)).Fault,
        AppIds.Ranking => async token => (await services.RankAsync(NothingToRank, token)).Fault,
        AppIds.Experiment => async token => (await services.ControlAsync(control.Current.Version, token)).Fault,
        _ => throw new ArgumentException($"No inner service is called '{appId}'.", nameof(appId)),
    });

    public static RankRequest NothingToRank { get; } = new(UserContext.Empty, [], CandidateColumns.Empty, 1, ItemFilters.Default, null, null, 0);

    private static DependencyStatus Status(DaprFault? fault, string how) => fault is null
        ? DependencyStatus.Healthy($"{how} was answered")
        : DependencyStatus.Degraded($"{how} failed: {fault}");
}
