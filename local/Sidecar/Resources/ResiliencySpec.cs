using System.Globalization;

namespace Splitrail.Local.Sidecar.Resources;

/// <summary>A <c>Resiliency</c> file: named policies, and who is treated by which.</summary>
internal sealed record ResiliencySpec(
    string Name,
    IReadOnlyDictionary<string, TimeSpan> Timeouts,
    IReadOnlyDictionary<string, RetrySpec> Retries,
    IReadOnlyDictionary<string, BreakerSpec> Breakers,
    IReadOnlyDictionary<string, PolicyNames> Apps,
    IReadOnlyDictionary<string, PolicyNames> Outbound,
    IReadOnlyDictionary<string, PolicyNames> Inbound)
{
    public static ResiliencySpec Read(YamlMap document)
    {
        var spec = document.Map("spec");
        spec.Only("policies", "targets");
        var policies = spec.Map("policies");
        policies.Only("timeouts", "retries", "circuitBreakers");
        var timeouts = policies.Map("timeouts");
        var result = new ResiliencySpec(
            document.Map("metadata").Text("name") ?? "",
            timeouts.Keys.ToDictionary(name => name, name => Duration(timeouts, name, TimeSpan.Zero)),
            policies.Map("retries").Maps().ToDictionary(one => one.Key, one => RetrySpec.Read(one.Value)),
            policies.Map("circuitBreakers").Maps().ToDictionary(one => one.Key, one => BreakerSpec.Read(one.Value)),
            new Dictionary<string, PolicyNames>(),
            new Dictionary<string, PolicyNames>(),
            new Dictionary<string, PolicyNames>());
        return result.WithTargets(spec.Map("targets"));
    }

    public static TimeSpan Duration(YamlMap map, string key, TimeSpan missing)
    {
        var text = map.Text(key);
        if (text is null)
            return missing;
        if (!GoDuration.TryParse(text, out var duration))
            map.Fault(key, $"'{map.At(key)}' is '{text}'; it must be a duration such as 250ms or 1m30s.");
        return duration;
    }

    public static int Number(YamlMap map, string key, int missing)
    {
        var text = map.Text(key);
        if (text is null)
            return missing;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            map.Fault(key, $"'{map.At(key)}' is '{text}'; it must be a whole number.");
        return number;
    }

    private ResiliencySpec WithTargets(YamlMap targets)
    {
        targets.Only("apps", "components", "actors");
        var components = targets.Map("components").Maps().ToList();
        components.ForEach(one => one.Value.Only("outbound", "inbound"));
        return this with
        {
            Apps = targets.Map("apps").Maps().ToDictionary(one => one.Key, one => Names(one.Value)),
            Outbound = components.Where(one => one.Value.Has("outbound")).ToDictionary(one => one.Key, one => Names(one.Value.Map("outbound"))),
            Inbound = components.Where(one => one.Value.Has("inbound")).ToDictionary(one => one.Key, one => Names(one.Value.Map("inbound"))),
        };
    }

    private PolicyNames Names(YamlMap target)
    {
        target.Only("timeout", "retry", "circuitBreaker", "circuitBreakerCacheSize");
        return new PolicyNames(
            Known(target, "timeout", Timeouts.Keys), Known(target, "retry", Retries.Keys), Known(target, "circuitBreaker", Breakers.Keys),
            Number(target, "circuitBreakerCacheSize", 100));
    }

    private static string? Known(YamlMap target, string key, IEnumerable<string> names)
    {
        var name = target.Text(key);
        if (name is not null && !names.Contains(name))
            target.Fault(key, $"'{target.At(key)}' names the policy '{name}', which is not there; there are: {string.Join(", ", names)}.");
        return name;
    }
}

/// <summary>The policies of one target; null where there is none.</summary>
internal sealed record PolicyNames(string? Timeout, string? Retry, string? Breaker, int BreakerCacheSize);
