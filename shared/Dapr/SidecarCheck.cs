using Splitrail.Hosting;

namespace Splitrail.Dapr;

/// <summary>Whether this app's sidecar can take outgoing calls.</summary>
public sealed class SidecarCheck(DaprClient dapr) : IDependencyCheck
{
    public string Name => "sidecar";

    public async ValueTask<DependencyStatus> CheckAsync(CancellationToken cancellationToken) =>
        await dapr.IsHealthyAsync(cancellationToken)
            ? DependencyStatus.Healthy("answers")
            : DependencyStatus.Degraded("does not answer /v1.0/healthz/outbound");
}
