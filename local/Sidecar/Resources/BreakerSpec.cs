using System.Globalization;
using System.Text.RegularExpressions;

namespace Splitrail.Local.Sidecar.Resources;

/// <param name="MaxRequests">Trial calls while half-open; so many successes close it.</param>
/// <param name="Interval">Clears the counts of the closed state cyclically; zero never does.</param>
/// <param name="Timeout">How long it stays open.</param>
/// <param name="Counter">What is compared: <c>consecutiveFailures</c>, <c>totalFailures</c> or <c>requests</c>.</param>
/// <param name="TripsFrom">It opens when the counter reaches this.</param>
internal sealed partial record BreakerSpec(int MaxRequests, TimeSpan Interval, TimeSpan Timeout, string Counter, int TripsFrom)
{
    public static BreakerSpec Read(YamlMap policy)
    {
        policy.Only("maxRequests", "interval", "timeout", "trip");
        // daprd's own default: more than five consecutive failures.
        var trip = policy.Text("trip") ?? "consecutiveFailures > 5";
        var parts = Trip().Match(trip);
        if (!parts.Success)
            policy.Fault("trip", $"'{policy.At("trip")}' is '{trip}'; the embedded sidecar knows consecutiveFailures, totalFailures and requests with > or >=.");
        return new BreakerSpec(
            Math.Max(1, ResiliencySpec.Number(policy, "maxRequests", 1)),
            ResiliencySpec.Duration(policy, "interval", TimeSpan.Zero),
            ResiliencySpec.Duration(policy, "timeout", TimeSpan.FromSeconds(60)),
            parts.Groups["counter"].Value,
            parts.Success ? int.Parse(parts.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) + (parts.Groups["op"].Value == ">" ? 1 : 0) : 0);
    }

    [GeneratedRegex(@"^\s*(?<counter>consecutiveFailures|totalFailures|requests)\s*(?<op>>=|>)\s*(?<number>[0-9]{1,6})\s*$")]
    private static partial Regex Trip();
}
