namespace Splitrail.Local.Sidecar.Resources;

/// <summary>One subscription, declared in a file or told by the app.</summary>
/// <param name="PubsubName">The component.</param>
/// <param name="Topic">The topic.</param>
/// <param name="Rules">Tried in order.</param>
/// <param name="DefaultRoute">Where events go that no rule matches; null drops them.</param>
/// <param name="DeadLetterTopic">Where failed ones go; null for none.</param>
/// <param name="RawPayload">The subscriber wants the stored bytes in a fresh envelope.</param>
/// <param name="Declared">From a file, not from the app.</param>
/// <param name="Scopes">App ids it is for; empty means all.</param>
/// <param name="Bulk">Null for single messages.</param>
internal sealed record SubscriptionSpec(
    string PubsubName,
    string Topic,
    IReadOnlyList<RouteRule> Rules,
    string? DefaultRoute,
    string? DeadLetterTopic,
    bool RawPayload,
    bool Declared,
    IReadOnlyList<string> Scopes,
    BulkSpec? Bulk)
{
    public static SubscriptionSpec Read(YamlMap document, string apiVersion, IReadOnlyList<string> scopes)
    {
        var spec = document.Map("spec");
        var isFirstVersion = apiVersion.EndsWith("v1alpha1", StringComparison.Ordinal);
        var routes = spec.Map("routes");
        var route = isFirstVersion ? spec.Required("route") : routes.Text("default");
        if (!isFirstVersion && spec.Has("route"))
            spec.Fault("route", "'spec.route' belongs to v1alpha1; v2alpha1 wants 'spec.routes.default'.");
        List<RouteRule> rules = [];
        foreach (var rule in isFirstVersion ? [] : routes.List("rules"))
        {
            if (RouteRule.TryParse(rule.Required("match"), rule.Required("path"), out var parsed))
                rules.Add(parsed);
            else
                rule.Fault("match", $"'{rule.Text("match")}' is not understood; the embedded sidecar knows 'event.NAME == \"text\"' and comparisons with numbers.");
        }

        if (route is null && rules.Count == 0)
            spec.Fault("routes", "there is neither a default route nor a rule, so no event would be delivered.");
        return new SubscriptionSpec(
            spec.Required("pubsubname"), spec.Required("topic"), rules, route, spec.Text("deadLetterTopic"), spec.Map("metadata").Text("rawPayload") == "true", true, scopes,
            BulkSpec.Read(spec.Map("bulkSubscribe")));
    }

    public bool IsFor(string appId) => Scopes.Count == 0 || Scopes.Contains(appId);
}
