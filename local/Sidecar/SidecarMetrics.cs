using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Splitrail.Local.Sidecar.Resiliency;

namespace Splitrail.Local.Sidecar;

/// <summary>Instruments under daprd's names, so that the same dashboards work on a laptop.</summary>
internal sealed class SidecarMetrics
{
    public const string MeterName = "Splitrail.Sidecar";
    public const string BreakerPolicy = "circuitbreaker";

    private static readonly string[] StateNames = ["closed", "half-open", "open", "unknown"];

    private readonly string _appId;
    private readonly Counter<long> _activations;
    private readonly UpDownCounter<long> _deliveries;
    private readonly UpDownCounter<long> _published;
    private readonly ConcurrentDictionary<(string Name, string Target, string Flow), BreakerState> _breakers = new();

    public SidecarMetrics(IMeterFactory meters, SidecarOptions options)
    {
        _appId = options.AppId;
        var meter = meters.Create(MeterName);
        _activations = meter.CreateCounter<long>("dapr_resiliency_activations", "{activation}", "Times a resiliency policy acted.");
        // Up-down counters, because the exposition of a counter would add a _total that daprd's names do not have.
        _published = meter.CreateUpDownCounter<long>("dapr_component_pubsub_egress_count", "{message}", "Messages accepted from the app.");
        _deliveries = meter.CreateUpDownCounter<long>("dapr_component_pubsub_ingress_count", "{message}", "Messages delivered to the app, by what became of them.");
        meter.CreateObservableGauge("dapr_resiliency_cb_state", ObserveBreakers, null, "1 for the state a circuit breaker is in.");
    }

    /// <param name="name">Of the Resiliency resource: daprd does not tell the single policies apart.</param>
    /// <param name="policy"><c>timeout</c>, <c>retry</c> or <see cref="BreakerPolicy"/>.</param>
    /// <param name="target"><c>app_ID</c> or <c>Pubsub_NAME</c>.</param>
    /// <param name="flow"><c>inbound</c> or <c>outbound</c>.</param>
    /// <param name="status">Of a breaker, else empty.</param>
    public void CountActivation(string name, string policy, string target, string flow, string status = "") => _activations.Add(
        1, new("app_id", _appId), new("flow_direction", flow), new("name", name), new("namespace", ""), new("policy", policy), new("status", status), new("target", target));

    public void CountPublished(string component, string topic, bool success) =>
        _published.Add(1, new("app_id", _appId), new("component", component), new("topic", topic), new("success", success ? "true" : "false"));

    public void CountDelivered(string component, string topic, string status) =>
        _deliveries.Add(1, new("app_id", _appId), new("component", component), new("topic", topic), new("process_status", status));

    /// <summary>Breakers of one app share a state here: the path is left out, because ids could be in it.</summary>
    public void SetBreakerState(string name, string target, string flow, BreakerState state) => _breakers[(name, target, flow)] = state;

    private IEnumerable<Measurement<int>> ObserveBreakers()
    {
        foreach (var ((name, target, flow), state) in _breakers)
        {
            for (var i = 0; i < StateNames.Length; i++)
                {
                yield return new Measurement<int>(
                    (int)state == i ? 1 : 0, new("app_id", _appId), new("flow_direction", flow), new("name", name), new("namespace", ""), new("policy", BreakerPolicy),
                    new("status", StateNames[i]), new("target", target));
            }
        }
    }
}
