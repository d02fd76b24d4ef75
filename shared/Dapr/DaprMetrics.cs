using System.Diagnostics.Metrics;

namespace Splitrail.Dapr;

/// <summary>Faults of calls and fates of delivered messages; latencies of calls are measured by the HTTP client itself.</summary>
public sealed class DaprMetrics
{
    public const string MeterName = "Splitrail.Dapr";

    private readonly Counter<long> _faults;
    private readonly Counter<long> _messages;

    public DaprMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _faults = meter.CreateCounter<long>("splitrail.dapr.client.faults", "{fault}", "Calls through the sidecar that ended in a fault, by target and kind.");
        _messages = meter.CreateCounter<long>("splitrail.dapr.subscription.messages", "{message}", "Messages delivered to a handler, by route and outcome.");
    }

    internal void CountFault(string target, DaprFaultKind kind) =>
        _faults.Add(1, new KeyValuePair<string, object?>("target", target), new KeyValuePair<string, object?>("kind", kind.ToString()));

    internal void CountMessage(string route, string outcome) =>
        _messages.Add(1, new KeyValuePair<string, object?>("route", route), new KeyValuePair<string, object?>("outcome", outcome));
}
