using static Splitrail.Tests.Suite.Dapr.Conformance.ConformanceCase;

namespace Splitrail.Tests.Suite.Dapr.Conformance;

/// <summary>Health, metadata, and APIs without a component.</summary>
public static class SidecarCases
{
    private const string NoAppId = """{"errorCode":"ERR_DIRECT_INVOKE","message":"failed getting app id either from the URL path or the header dapr-app-id"}""";

    public static IEnumerable<ConformanceCase> All()
    {
        yield return Case("healthz").Get("/v1.0/healthz").Is(204, "", ("Traceparent", null));
        yield return Case("healthz.outbound").Get("/v1.0/healthz/outbound").Is(204, "", ("Traceparent", null));
        yield return Case("healthz.appid.ok").Get("/v1.0/healthz?appid=app1").Is(204);
        yield return Case("healthz.appid.bad").Get("/v1.0/healthz?appid=zz").Is(500, """{"errorCode":"ERR_HEALTH_APPID_NOT_MATCH","message":"dapr app-id does not match"}""");
        yield return Case("healthz.post").Post("/v1.0/healthz", "").Is(404, NoAppId);
        yield return Case("metadata.set").Put("/v1.0/metadata/mykey", "myval").Is(204, "").Get("/v1.0/metadata").Is(200, null, ("Content-Type", "application/json"));
        yield return Case("config.none").Get("/v1.0/configuration/x?key=a").Is(500, """{"errorCode":"ERR_CONFIGURATION_STORE_NOT_CONFIGURED","message":"configuration stores not configured"}""");
        yield return Case("secret.none").Get("/v1.0/secrets/x/y").Is(500, """{"errorCode":"ERR_SECRET_STORES_NOT_CONFIGURED","message":"secret store is not configured"}""");
        yield return Case("lock.none").Post("/v1.0-alpha1/lock/x", """{"resourceId": "a", "lockOwner": "b", "expiryInSeconds": 5}""").Is(500, """{"errorCode":"ERR_LOCK_STORE_NOT_CONFIGURED","message":"lock store is not configured"}""");
        yield return Case("binding.none").Post("/v1.0/bindings/x", """{"operation": "create", "data": 1}""").Is(500, """{"errorCode":"ERR_INVOKE_OUTPUT_BINDING","message":"error invoking output binding x: couldn't find output binding x"}""");
    }
}
