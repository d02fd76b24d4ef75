using Xunit;

namespace Splitrail.Tests.Suite.Dapr.Conformance;

/// <summary>One app that answers each topic in its own way; everything is published once, then enough redeliveries pass for what is final to show.</summary>
public sealed class DeliveryRig : IAsyncLifetime
{
    private static readonly (string Topic, int Status, string Body)[] Answers =
    [
        ("success", 200, """{"status":"SUCCESS"}"""), ("retry", 200, """{"status":"RETRY"}"""), ("drop", 200, """{"status":"DROP"}"""), ("s404", 404, "nf"), ("s500", 500, "boom"),
        ("s400", 400, "bad"), ("s403", 403, "forb"), ("s204", 204, ""), ("s201", 201, ""), ("weird", 200, """{"status":"BOGUS"}"""), ("text", 200, "hello"),
        ("lower", 200, """{"status":"retry"}"""), ("other", 200, """{"foo":1}"""), ("s302", 302, ""), ("dl", 500, "dlboom"), ("dldrop", 200, """{"status":"DROP"}"""), ("dl404", 404, "x"),
    ];

    private readonly SidecarRig _rig = new();

    public RecordingApp App { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _rig.File("components.yaml", Yaml.Components(
            Yaml.Component("mp", "pubsub.embedded", ("processingTimeout", "300ms"), ("redeliverInterval", "100")),
            Yaml.Component("rpfast", "pubsub.redis", ("processingTimeout", "300ms"), ("redeliverInterval", "100"))));
        App = await _rig.AppAsync();
        string[] brokers = ["mp", "rpfast"];
        foreach (var broker in brokers)
        {
            foreach (var (topic, status, body) in Answers)
                App.On($"/{broker}/{topic}", status, body);
            App.On($"/{broker}/dead", 200, "{}");
        }

        var told = brokers.SelectMany(broker => Answers.Select(answer => answer.Topic).Append("dead").Select(topic =>
            $$"""{"pubsubname":"{{broker}}","topic":"{{topic}}","route":"/{{broker}}/{{topic}}"{{(topic.StartsWith("dl", StringComparison.Ordinal) ? ",\"deadLetterTopic\":\"dead\"" : "")}}}"""));
        App.On("/dapr/subscribe", 200, $"[{string.Join(',', told)}]");
        var sidecar = await _rig.SidecarAsync("subapp", App.Port);
        foreach (var broker in brokers)
        {
            foreach (var (topic, _, _) in Answers)
                await sidecar.PostAsync($"/v1.0/publish/{broker}/{topic}", $$"""{"k":"{{topic}}"}""");
            await App.WaitAsync($"/{broker}/retry", 4);
            await App.WaitAsync($"/{broker}/dead", 2);
        }
    }

    public async Task DisposeAsync() => await _rig.DisposeAsync();
}
