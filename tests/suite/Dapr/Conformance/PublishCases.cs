using Shouldly;
using static Splitrail.Tests.Suite.Dapr.Conformance.ConformanceCase;

namespace Splitrail.Tests.Suite.Dapr.Conformance;

/// <summary>Publish, envelopes, and what the app's answer does to a message.</summary>
public static class PublishCases
{
    private const string Json = "application/json";

    public static IEnumerable<ConformanceCase> All() => [.. Envelopes("mp", "mem"), .. Envelopes("rp", "redis"), .. Metadata(), .. Refusals(), .. Bulk()];

    private static string Envelope(string pubsub, string data, string type, string more = "", string topic = "orders") =>
        $$"""{"data":{{data}},"datacontenttype":"{{type}}","id":"~uuid","pubsubname":"{{pubsub}}","source":"app1","specversion":"1.0","time":"~time","topic":"{{topic}}","traceid":"","traceparent":"","tracestate":"","type":"com.dapr.event.sent"{{more}}}""";

    private static IEnumerable<ConformanceCase> Envelopes(string pubsub, string recorded)
    {
        (string Name, string Body, string? Type, string Data, string Said)[] posts =
        [
            ("json", """{"orderId": 1}""", Json, """{"orderId":1}""", Json),
            ("json.charset", """{"orderId":1}""", "application/json; charset=utf-8", """{"orderId":1}""", "application/json; charset=utf-8"),
            ("text", "hello", "text/plain", "\"hello\"", "text/plain"),
            ("noct", "hello", null, "\"hello\"", "text/plain"),
            ("noct.json", """{"a":1}""", null, "\"{\\\"a\\\":1}\"", "text/plain"),
            ("xml", "<a/>", "application/xml", "\"\\u003ca/\\u003e\"", "application/xml"),
            ("badjson", "{oops", Json, "\"{oops\"", Json),
            ("empty", "", null, "\"\"", "text/plain"),
            ("emptyjson", "", Json, "\"\"", Json),
            ("jsonstring", "\"str\"", Json, "\"str\"", Json),
            ("jsonarray", "[1,2]", Json, "[1,2]", Json),
            ("jsonnull", "null", Json, "null", Json),
        ];
        foreach (var (name, body, type, data, said) in posts)
        {
            yield return Case($"pub.{recorded}.{name}").Post($"/v1.0/publish/{pubsub}/orders", body, type).Is(204, "").AppGot($"/{pubsub}/orders", call =>
            {
                Mask(call.Body).ShouldBe(Envelope(pubsub, data, said));
                call["Content-Type"].ShouldBe("application/cloudevents+json");
                call["Pubsubname"].ShouldBe(pubsub);
            });
        }

        yield return Case($"pub.{recorded}.octet").Post($"/v1.0/publish/{pubsub}/orders", "AB", "application/octet-stream").Is(204)
            .AppGot($"/{pubsub}/orders", call => call.Body.ShouldStartWith("""{"data_base64":"QUI=","datacontenttype":"application/octet-stream","id":"""));
        yield return Case($"pub.{recorded}.put").Put($"/v1.0/publish/{pubsub}/orders", "1").Is(204).AppGot($"/{pubsub}/orders", call => Mask(call.Body).ShouldBe(Envelope(pubsub, "1", Json)));
        yield return Case($"pub.{recorded}.slash").Post($"/v1.0/publish/{pubsub}/orders/more", "1").Is(204)
            .AppGot($"/{pubsub}/orders/more", call => Mask(call.Body).ShouldBe(Envelope(pubsub, "1", Json, topic: "orders/more")));
        yield return Case($"pub.{recorded}.rawPayload").Post($"/v1.0/publish/{pubsub}/orders?metadata.rawPayload=true", """{"o": 1}""").Is(204).AppGot($"/{pubsub}/orders", call =>
        {
            call.Body.ShouldBe("""{"o": 1}""");
            call["Rawpayload"].ShouldBe("true");
            call["Content-Type"].ShouldBe("application/cloudevents+json");
        });
        yield return Case($"pub.{recorded}.rawsub.raw").Post($"/v1.0/publish/{pubsub}/raw?metadata.rawPayload=true", """{"o": 1}""").Is(204).AppGot($"/{pubsub}/raw", call => Mask(call.Body).ShouldBe(
            $$"""{"data_base64":"eyJvIjogMX0=","datacontenttype":"application/octet-stream","id":"~uuid","pubsubname":"{{pubsub}}","source":"Dapr","specversion":"1.0","topic":"raw","type":"com.dapr.event.sent"}"""));
        yield return Case($"pub.{recorded}.rawsub.wrapped").Post($"/v1.0/publish/{pubsub}/raw", """{"o": 1}""").Is(204)
            .AppGot($"/{pubsub}/raw", call => call.Body.ShouldStartWith("""{"data_base64":"eyJkYXRhIjp7Im8iOjF9LCJkYXRhY29udGVudHR5cGUiOiJhcHBsaWNhdGlvbi9qc29uIiwiaWQiOi"""));
    }

    private static IEnumerable<ConformanceCase> Metadata()
    {
        const string Path = "/v1.0/publish/mp/orders";
        const string CloudEvents = "application/cloudevents+json";
        yield return Case("numbers.publish").Post(Path, """{"z":1.0,"a":1e3,"big":12345678901234567890,"long":9007199254740993,"dec":0.1000000000000000055,"html":"<&>","dup":1,"dup":2,"nul":null}""").Is(204)
            .AppGot("/mp/orders", call => call.Body.ShouldStartWith(
                """{"data":{"a":1e3,"big":12345678901234567890,"dec":0.1000000000000000055,"dup":2,"html":"\u003c\u0026\u003e","long":9007199254740993,"nul":null,"z":1.0},"datacontenttype":"application/json","""));
        yield return Case("pub.mem.ce").Post(
            Path, """{"specversion":"1.0","id":"my-id","source":"my-src","type":"my.type","subject":"sub","datacontenttype":"application/json","time":"2020-01-01T00:00:00Z","myext":"e1","data":{"n":1}}""", CloudEvents)
            .Is(204).AppGot("/mp/orders", call => call.Body.ShouldBe(
                """{"data":{"n":1},"datacontenttype":"application/json","id":"my-id","myext":"e1","pubsubname":"mp","source":"my-src","specversion":"1.0","subject":"sub","time":"2020-01-01T00:00:00Z","topic":"orders","traceid":"","traceparent":"","tracestate":"","type":"my.type"}"""));
        yield return Case("pub.mem.ce.minimal").Post(Path, """{"specversion":"1.0","id":"my-id","data":{"n":1}}""", CloudEvents).Is(204).AppGot("/mp/orders", call => Mask(call.Body).ShouldBe(
            """{"data":{"n":1},"id":"my-id","pubsubname":"mp","source":"Dapr","specversion":"1.0","time":"~time","topic":"orders","traceid":"","traceparent":"","tracestate":"","type":"com.dapr.event.sent"}"""));
        yield return Case("pub.mem.ce.invalid").Post(Path, """{"nope":1}""", CloudEvents).Is(204).AppGot("/mp/orders", call => call.Body.ShouldStartWith("""{"nope":1,"pubsubname":"mp","source":"Dapr","""));
        yield return Case("pub.mem.ce.trace").Post(
            Path, """{"specversion":"1.0","id":"my-id","source":"s","type":"t","traceparent":"00-aaaabbbbccccddddeeeeffff00001111-1234567812345678-01","traceid":"zz","topic":"faketopic","pubsubname":"fakeps","data":"txt","datacontenttype":"text/plain"}""", CloudEvents)
            .Is(204).AppGot("/mp/orders", call => Mask(call.Body).ShouldBe(
                """{"data":"txt","datacontenttype":"text/plain","id":"my-id","pubsubname":"mp","source":"s","specversion":"1.0","time":"~time","topic":"orders","traceid":"zz","traceparent":"00-aaaabbbbccccddddeeeeffff00001111-1234567812345678-01","tracestate":"","type":"t"}"""));
        yield return Case("pub.mem.ceheaders").Post(Path, "1", Json, ("cloudevent.id", "hid"), ("cloudevent.type", "htype")).Is(204)
            .AppGot("/mp/orders", call => Mask(call.Body).ShouldBe(Envelope("mp", "1", Json)));
        yield return Case("pub.mem.metadata.query").Post(
            Path + "?metadata.ttlInSeconds=100&metadata.cloudevent.id=mid&metadata.cloudevent.type=mtype&metadata.cloudevent.source=ms&metadata.foo=bar&metadata.partitionKey=k", """{"o": 1}""").Is(204)
            .AppGot("/mp/orders", call =>
            {
                Mask(call.Body).ShouldBe("""{"data":{"o":1},"datacontenttype":"application/json","expiration":"~time","id":"mid","pubsubname":"mp","source":"ms","specversion":"1.0","time":"~time","topic":"orders","traceid":"","traceparent":"","tracestate":"","type":"mtype"}""");
                foreach (var (name, value) in new[] { ("Foo", "bar"), ("Partitionkey", "k"), ("Ttlinseconds", "100"), ("Cloudevent.id", "mid") })
                    call[name].ShouldBe(value, name);
            });
        const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        yield return Case("trace.off.publish.with.tp").Post(Path, """{"a": 1}""", Json, ("traceparent", Parent)).Is(204, "", ("Traceparent", Parent)).AppGot("/mp/orders", call =>
        {
            call["traceparent"].ShouldBe(Parent);
            call.Body.ShouldContain($"\"traceid\":\"{Parent}\",\"traceparent\":\"{Parent}\"");
        });
        yield return Case("pub.mem.traceparent").Post(Path, "1", Json, ("traceparent", Parent), ("tracestate", "rojo=1"), ("baggage", "k=v")).Is(204, "", ("Baggage", "k=v"), ("Tracestate", "rojo=1"))
            .AppGot("/mp/orders", call => call.Body.ShouldContain("\"tracestate\":\"rojo=1\""));
    }

    private static IEnumerable<ConformanceCase> Refusals()
    {
        yield return Case("pub.unknown").Post("/v1.0/publish/nope/t", """{"a": 1}""").Is(404,
            """{"errorCode":"ERR_PUBSUB_NOT_FOUND","message":"pubsub nope is not found","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","domain":"dapr.io","metadata":{},"reason":"DAPR_PUBSUB_NOT_FOUND"}]}""");
        yield return Case("pub.nosubscriber").Post("/v1.0/publish/mp/nobody", """{"a": 1}""").Is(204, "");
        yield return Case("scopes.pub.a").Post("/v1.0/publish/scoped/a", """{"a": 1}""").Is(204);
        foreach (var topic in new[] { "b", "c", "zz" })
        {
            var message = $"topic {topic} is not allowed for app id app1";
            yield return Case("scopes.pub." + topic).Post("/v1.0/publish/scoped/" + topic, """{"a": 1}""").Is(403,
                $$"""{"errorCode":"ERR_PUBSUB_FORBIDDEN","message":"{{message}}","details":[{"@type":"type.googleapis.com/google.rpc.ResourceInfo","description":"{{message}}","owner":"","resource_name":"scoped","resource_type":"pubsub"},{"@type":"type.googleapis.com/google.rpc.ErrorInfo","domain":"dapr.io","metadata":{"error":"{{message}}","topic":"{{topic}}"},"reason":"DAPR_PUBSUB_FORBIDDEN"}]}""");
        }

        const string TooLarge = "error when publishing to topic t in pubsub mp: stream too large";
        yield return Case("body5MB.publish").Post("/v1.0/publish/mp/t", new string(' ', 5_000_000)).Is(500,
            $$"""{"errorCode":"ERR_PUBSUB_PUBLISH_MESSAGE","message":"{{TooLarge}}","details":[{"@type":"type.googleapis.com/google.rpc.ResourceInfo","description":"{{TooLarge}}","owner":"","resource_name":"mp","resource_type":"pubsub"},{"@type":"type.googleapis.com/google.rpc.ErrorInfo","domain":"dapr.io","metadata":{"error":"stream too large","topic":"t"},"reason":"DAPR_PUBSUB_PUBLISH_MESSAGE"}]}""");
        yield return Case("publish.emptytopic").Post("/v1.0/publish/mp/", "1").Is(404,
            """{"errorCode":"ERR_DIRECT_INVOKE","message":"failed getting app id either from the URL path or the header dapr-app-id"}""");
    }

    private static IEnumerable<ConformanceCase> Bulk()
    {
        const string Path = "/v1.0-alpha1/publish/bulk/mp/orders";
        yield return Case("bulkpub.ok").Post(Path, """[{"entryId":"1","event":"text","contentType":"text/plain","metadata":{"k":"v"}}]""").Is(204, "").AppGot("/mp/orders", call =>
        {
            Mask(call.Body).ShouldBe(Envelope("mp", "\"text\"", "text/plain"));
            call["K"].ShouldBe("v");
        });
        yield return Case("bulkpub.bytes").Post(Path, """[{"entryId":"1","event":"AAH/","contentType":"application/octet-stream"}]""").Is(204)
            .AppGot("/mp/orders", call => call.Body.ShouldStartWith("""{"data_base64":"AAH/","datacontenttype":"application/octet-stream","""));
        yield return Case("bulkpub.empty").Post(Path, "[]").Is(204, "");
        yield return Case("bulkpub.ga").Post("/v1.0/publish/bulk/mp/orders", "[]").Is(404);
        foreach (var (name, body) in new[] { ("dupid", """[{"entryId":"1","event":1,"contentType":"application/json"},{"entryId":"1","event":1,"contentType":"application/json"}]"""), ("noid", """[{"event":1,"contentType":"application/json"}]""") })
            yield return Case("bulkpub." + name).Post(Path, body).Is(400, Unreadable("error marshaling events to bytes for topic orders pubsub mp. error: entryId is duplicated or not present for entry", "entryId is duplicated or not present for entry", "DAPR_PUBSUB_MARSHAL_EVENTS"));
        foreach (var (name, body) in new[] { ("noct", """[{"entryId":"1","event":{"n":1}}]"""), ("mismatch", """[{"entryId":"1","event":{"n":1},"contentType":"text/plain"}]""") })
            yield return Case("bulkpub." + name).Post(Path, body).Is(400, Unreadable("error when marshalling cloud event envelope for topic orders pubsub mp: error: mismatch between contentType and event", "error: mismatch between contentType and event", "DAPR_PUBSUB_MARSHAL_ENVELOPE"));
        yield return Case("bulkpub.malformed").Post(Path, "{}").Is(400);
    }

    private static string Unreadable(string message, string fault, string reason) =>
        $$"""{"errorCode":"ERR_PUBSUB_EVENTS_SER","message":"{{message}}","details":[{"@type":"type.googleapis.com/google.rpc.ResourceInfo","description":"{{message}}","owner":"","resource_name":"mp","resource_type":"pubsub"},{"@type":"type.googleapis.com/google.rpc.ErrorInfo","domain":"dapr.io","metadata":{"appID":"app1","error":"{{fault}}"},"reason":"{{reason}}"}]}""";
}
