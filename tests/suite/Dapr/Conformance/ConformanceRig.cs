using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Splitrail.Tests.Suite.Dapr.Conformance;

/// <summary>What most recordings were made with: a caller without policies, an app of another id, in-memory and Redis stores and brokers.</summary>
public sealed class ConformanceRig : IAsyncLifetime
{
    public const string CallerId = "app1";
    public const string CalleeId = "appB";

    private readonly SidecarRig _rig = new();

    public SidecarUnderTest Caller { get; private set; } = null!;

    /// <summary>The app of <see cref="CalleeId"/>; it also subscribes.</summary>
    public RecordingApp App { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _rig.File("components.yaml", Yaml.Components(
            Yaml.Component("mem", "state.in-memory"),
            Yaml.Component("rs", "state.redis"),
            Yaml.Component("rsttl", "state.redis", ("ttlInSeconds", "100")),
            Yaml.Component("rsname", "state.redis", ("keyPrefix", "name")),
            Yaml.Component("onlyB", "state.in-memory") + "scopes: [somebody-else]\n",
            Yaml.Component("mp", "pubsub.embedded"),
            Yaml.Component("rp", "pubsub.redis", ("processingTimeout", "300ms"), ("redeliverInterval", "100")),
            Yaml.Component("scoped", "pubsub.embedded", ("allowedTopics", "a,b,c"), ("publishingScopes", "app1=a"), ("protectedTopics", "c"))));
        App = Behaviours.Apply(await _rig.AppAsync());
        var own = await _rig.AppAsync();
        own.On("/hello", 200, "from A", "text/plain");
        await _rig.SidecarAsync(CalleeId, App.Port);
        Caller = await _rig.SidecarAsync(CallerId, own.Port);
        await Eventually.TrueAsync(async () => (await Caller.GetAsync($"/v1.0/invoke/{CalleeId}/method/ready")).Status == 200, "the callee is found");
        await Eventually.TrueAsync(() => Task.FromResult(App.To("/dapr/subscribe").Count == 1), "the callee was asked for its subscriptions");
    }

    /// <summary>Leaves a line for ./test to print: on what the cases ran, and how many.</summary>
    public async Task DisposeAsync()
    {
        using var metadata = JsonDocument.Parse((await Caller.GetAsync("/v1.0/metadata")).Body);
        var version = metadata.RootElement.GetProperty("runtimeVersion").GetString();
        await File.WriteAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "conformance.txt"), $"{ConformanceTests.Count} recorded exchanges with daprd 1.16.9 held against {(SidecarEngine.IsDaprd ? "daprd " : "")}{version}\n");
        await _rig.DisposeAsync();
    }

    private static class Behaviours
    {
        private const string Json = "application/json; charset=utf-8";

        private static readonly string[] Topics =
            ["orders", "raw", "success", "retry", "drop", "s404", "s500", "s400", "s403", "s204", "s201", "weird", "text", "lower", "other", "s302", "dl", "dldrop", "dl404", "dead", "orders/more"];

        public static RecordingApp Apply(RecordingApp app)
        {
            app.On("/ready", 200).On("/", 200, "root", "text/plain").On("/empty200", 200, "", null).On("/noct", 200, "plainbytes", null);
            foreach (var path in new[] { "/hello", "/api/orders/1" })
                app.On(path, 200, """{"m": "GET"}""", Json, ("X-App", "yes"), ("Set-Cookie", "a=b"), ("Cache-Control", "no-store"));
            app.On("/dup", 200, "dup", "text/plain", ("X-D", "1"), ("X-D", "2"), ("Dapr-Custom", "z"));
            app.On("/echo", async (call, context) =>
            {
                context.Response.ContentType = "application/json";
                if (call.Verb != "HEAD")
                    await context.Response.WriteAsync(call.Body);
            });
            app.On("/size", (call, context) => context.Response.WriteAsync(call.Body.Length.ToString()));
            app.On("/close", (_, context) =>
            {
                context.Abort();
                return Task.CompletedTask;
            });
            foreach (var status in new[] { 201, 202, 204, 301, 302, 400, 401, 403, 404, 409, 418, 422, 429, 500, 502, 503, 504 })
            {
                app.On($"/status/{status}", status, status == 204 ? "" : $$"""{"title": "t", "status": {{status}}}""", "application/problem+json",
                    ("X-St", status.ToString()), (status is 301 or 302 ? "Location" : "X-None", "/hello"), (status is 429 or 503 ? "Retry-After" : "X-None", "7"));
            }

            return Subscribe(app);
        }

        private static RecordingApp Subscribe(RecordingApp app)
        {
            var told = Topics.SelectMany(topic => new[] { "mp", "rp" }.Select(pubsub =>
                $$"""{"pubsubname":"{{pubsub}}","topic":"{{topic}}","route":"{{pubsub}}/{{topic}}"{{Extra(topic)}}}"""));
            app.On("/dapr/subscribe", 200, $"[{string.Join(',', told)}]");
            foreach (var pubsub in new[] { "mp", "rp" })
            {
                foreach (var (topic, status, body, type) in Answers())
                    app.On($"/{pubsub}/{topic}", status, body, type);
            }

            return app;
        }

        private static string Extra(string topic) => topic switch
        {
            "raw" => ",\"metadata\":{\"rawPayload\":\"true\"}",
            "dl" or "dldrop" or "dl404" => ",\"deadLetterTopic\":\"dead\"",
            _ => "",
        };

        private static (string, int, string, string)[] Answers() =>
        [
            ("orders", 200, """{"status":"SUCCESS"}""", Json), ("orders/more", 200, "{}", Json), ("raw", 200, """{"status":"SUCCESS"}""", Json),
            ("success", 200, """{"status":"SUCCESS"}""", Json), ("retry", 200, """{"status":"RETRY"}""", Json), ("drop", 200, """{"status":"DROP"}""", Json),
            ("s404", 404, "nf", "text/plain"), ("s500", 500, "boom", "text/plain"), ("s400", 400, "bad", "text/plain"), ("s403", 403, "forb", "text/plain"),
            ("s204", 204, "", Json), ("s201", 201, "", Json), ("weird", 200, """{"status":"BOGUS"}""", Json), ("text", 200, "hello", "text/plain"),
            ("lower", 200, """{"status":"retry"}""", Json), ("other", 200, """{"foo":1}""", Json), ("s302", 302, "", Json),
            ("dl", 500, "dlboom", "text/plain"), ("dldrop", 200, """{"status":"DROP"}""", Json), ("dl404", 404, "x", "text/plain"), ("dead", 200, "{}", Json),
        ];
    }
}
