using Shouldly;
using static Splitrail.Tests.Suite.Dapr.Conformance.ConformanceCase;

namespace Splitrail.Tests.Suite.Dapr.Conformance;

/// <summary>Service invocation.</summary>
public static class InvokeCases
{
    private const string B = "/v1.0/invoke/appB/method";

    private const string NoAppId = """{"errorCode":"ERR_DIRECT_INVOKE","message":"failed getting app id either from the URL path or the header dapr-app-id"}""";

    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private const string NoParent = "00-00000000000000000000000000000000-0000000000000000-00";

    public static IEnumerable<ConformanceCase> All() => [.. Forms(), .. Paths(), .. Passing(), .. Statuses(), .. Faults(), .. Traces()];

    private static string Unknown(string id) => $$"""{"errorCode":"ERR_DIRECT_INVOKE","message":"failed to invoke, id: {{id}}, err: {{SidecarEngine.NotFound(id)}}"}""";

    private static IEnumerable<ConformanceCase> Forms()
    {
        yield return Case("invoke.get").Get(B + "/hello").Is(200, """{"m": "GET"}""", ("X-App", "yes"), ("Set-Cookie", "a=b"), ("Cache-Control", "no-store"), ("Content-Type", "application/json; charset=utf-8"))
            .AppGot("/hello", call =>
            {
                call["Dapr-Caller-App-Id"].ShouldBe("app1");
                call["Dapr-Caller-Namespace"].ShouldBe("default");
                call["Dapr-Callee-App-Id"].ShouldBe("appB");
                call["Forwarded"]!.ShouldStartWith("for=");
                call["X-Forwarded-For"].ShouldNotBeNull();
                call["X-Forwarded-Host"].ShouldNotBeNull();
            });
        yield return Case("invoke.header.form").Get("/hello?a=1", ("dapr-app-id", "appB")).Is(200, """{"m": "GET"}""").AppGot("/hello", call =>
        {
            call.Path.ShouldBe("/hello?a=1");
            call["dapr-app-id"].ShouldBeNull();
        });
        yield return Case("invoke.header.root").Get("/", ("dapr-app-id", "appB")).Is(200, "root");
        yield return Case("invoke.header.v1path").Get("/v1.0/state/nostore/bar", ("dapr-app-id", "appB")).Is(400);
        yield return Case("invoke.basicauth.form").Get("/hello", ("Authorization", "Basic ZGFwci1hcHAtaWQ6YXBwQg==")).Is(200, """{"m": "GET"}""")
            .AppGot("/hello", call => call["Authorization"].ShouldBe("Basic ZGFwci1hcHAtaWQ6YXBwQg=="));
        yield return Case("invoke.ns").Get("/v1.0/invoke/appB.default/method/hello").Is(200);
        yield return Case("invoke.ns.other").Get("/v1.0/invoke/appB.prod/method/hello").Is(200);
        yield return Case("invoke.self").Get("/v1.0/invoke/app1/method/hello").Is(200, "from A");
        foreach (var verb in new[] { "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD" })
        {
            yield return Case("invoke." + verb.ToLowerInvariant()).Send(verb, B + "/echo", verb is "PUT" or "PATCH" ? "zz" : null, null).Is(200, verb is "PUT" or "PATCH" ? "zz" : "")
                .AppGot("/echo", call => call.Verb.ShouldBe(verb));
        }
    }

    private static IEnumerable<ConformanceCase> Paths()
    {
        yield return Case("invoke.query.repeat").Get(B + "/hello?x=2&x=1&b&c=").Is(200).AppGot("/hello", call => call.Path.ShouldBe("/hello?x=2&x=1&b&c="));
        yield return Case("invoke.path.encoded").Get(B + "/a%2Fb/c%20d/%C3%A9").Is(404, "app: not found /a%2Fb/c%20d/%C3%A9");
        yield return Case("invoke.path.dots").Get(B + "/a/../hello").Is(404, "app: not found /a/../hello");
        yield return Case("invoke.path.double").Get(B + "//hello").Is(200).AppGot("/hello", call => call.Path.ShouldBe("/hello"));
        yield return Case("invoke.path.nomethod").Get(B + "/").Is(200, "root");
        yield return Case("invoke.path.nomethod2").Get(B).Is(404, NoAppId);
        yield return Case("invoke.path.nokeyword").Get("/v1.0/invoke/appB/hello").Is(404, NoAppId);
        yield return Case("invoke.notfoundinapp").Get(B + "/zzz").Is(404, "app: not found /zzz", ("Content-Type", "text/plain"));
    }

    private static IEnumerable<ConformanceCase> Passing()
    {
        yield return Case("invoke.post").Post(
            B + "/api/orders/1?x=1&y=a%20b&z=%2F&x=2", """{"q": 1}""", "application/json",
            ("X-Custom", "v"), ("Authorization", "Bearer abc"), ("Cookie", "s=1"), ("Forwarded", "for=1.2.3.4"), ("X-Forwarded-For", "9.9.9.9"), ("traceparent", Parent), ("tracestate", "a=1"),
            ("baggage", "k=v"), ("dapr-api-token", "zzz"), ("X-Request-Id", "rid"), ("Idempotency-Key", "ik"))
            .Is(200, null, ("Baggage", "k=v"), ("Tracestate", "a=1"))
            .AppGot("/api/orders/1", call =>
            {
                call.Path.ShouldBe("/api/orders/1?x=1&y=a%20b&z=%2F&x=2");
                call.Body.ShouldBe("""{"q": 1}""");
                (string, string)[] passed =
                    [("X-Custom", "v"), ("Authorization", "Bearer abc"), ("Cookie", "s=1"), ("tracestate", "a=1"), ("baggage", "k=v"), ("dapr-api-token", "zzz"), ("X-Request-Id", "rid"), ("Idempotency-Key", "ik")];
                foreach (var (name, value) in passed)
                    call[name].ShouldBe(value, name);
                call["Forwarded"]!.ShouldStartWith("for=1.2.3.4");
                call["X-Forwarded-For"]!.ShouldStartWith("9.9.9.9");
            });
        yield return Case("invoke.post.noct").Post(B + "/echo", "raw", null).Is(200, "raw").AppGot("/echo", call => call["Content-Type"].ShouldBeNull());
        yield return Case("invoke.post.chunk.empty").Post(B + "/echo", "").Is(200, "").AppGot("/echo", call => call.Body.ShouldBe(""));
        yield return Case("numbers.invoke").Post(B + "/echo", """{"z":1.0,"a":1e3,"big":12345678901234567890,"html":"<&>","dup":1,"dup":2}""").Is(200, """{"z":1.0,"a":1e3,"big":12345678901234567890,"html":"<&>","dup":1,"dup":2}""");
        yield return Case("invoke.noct").Get(B + "/noct").Is(200, "plainbytes", ("Content-Type", "text/plain; charset=utf-8"));
        yield return Case("invoke.empty200").Get(B + "/empty200").Is(200, "", ("Content-Type", null));
        yield return Case("invoke.dupheaders").Get(B + "/dup").Is(200, "dup", ("X-D", "1, 2"), ("Dapr-Custom", "z"));
        yield return Case("invoke.body.3900000").Post(B + "/size", new string('x', 3_900_000), "application/octet-stream").Is(200, "3900000");
        yield return Case("invoke.body.4194304").Post(B + "/size", new string('x', 4_194_304), "application/octet-stream").Is(200, "4194304");
        yield return Case("invoke.body.4200000").Post(B + "/size", new string('x', 4_200_000), "application/octet-stream")
            .Is(500, """{"errorCode":"ERR_DIRECT_INVOKE","message":"failed to invoke, id: appB, err: stream too large"}""");
    }

    private static IEnumerable<ConformanceCase> Statuses()
    {
        foreach (var status in new[] { 201, 202, 204, 301, 302, 400, 401, 403, 404, 409, 418, 422, 429, 500, 502, 503, 504 })
        {
            yield return Case($"invoke.status.{status}").Get($"{B}/status/{status}").Is(
                status,
                status == 204 ? "" : $$"""{"title": "t", "status": {{status}}}""",
                ("X-St", status.ToString()),
                ("Content-Type", "application/problem+json"),
                ("Location", status is 301 or 302 ? "/hello" : null),
                ("Retry-After", status is 429 or 503 ? "7" : null));
        }
    }

    private static IEnumerable<ConformanceCase> Faults()
    {
        yield return Case("invoke.unknownapp").Get("/v1.0/invoke/ghost/method/hello").Is(500, Unknown("ghost"));
        yield return Case("invoke.unknownapp.post").Post("/v1.0/invoke/ghost/method/hello", """{"a": 1}""").Is(500, Unknown("ghost"), ("Content-Type", "application/json"));
        yield return Case("invoke.unknownapp.header").Get("/hello", ("dapr-app-id", "ghost")).Is(500, Unknown("ghost"));
    }

    private static IEnumerable<ConformanceCase> Traces()
    {
        yield return Case("trace.off.remote.with.traceparent").Get(B + "/hello", ("traceparent", Parent)).Is(200, null, ("Traceparent", Parent)).AppGot("/hello", call => call["traceparent"].ShouldBe(Parent));
        yield return Case("trace.off.remote.unsampled").Get(B + "/hello", ("traceparent", Parent[..^1] + "0")).Is(200, null, ("Traceparent", Parent[..^1] + "0"));
        yield return Case("trace.off.remote.notp").Get(B + "/hello").Is(200, null, ("Traceparent", NoParent)).AppGot("/hello", call => call["traceparent"].ShouldBe(NoParent));
        yield return Case("state.none.get.traceparent").Get("/v1.0/state/nostore/x").Is(400, null, ("Traceparent", NoParent));
    }
}
