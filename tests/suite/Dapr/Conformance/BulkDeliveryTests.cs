using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Splitrail.Tests.Suite.Dapr.Conformance;

/// <summary>Many messages in one delivery: the recorded cases <c>bulkstatus.rb</c>, <c>bulkstatus.rb2</c> and what the app told at <c>init</c>.</summary>
public sealed class BulkDeliveryTests : IAsyncLifetime
{
    private const int Messages = 6;

    private readonly SidecarRig _rig = new();
    private RecordingApp _app = null!;
    private SidecarUnderTest _sidecar = null!;

    public async Task InitializeAsync()
    {
        _rig.File("components.yaml", Yaml.Component("rp", "pubsub.redis", ("processingTimeout", "3s"), ("redeliverInterval", "200")));
        _app = await _rig.AppAsync();
        _app.On("/dapr/subscribe", 200, """
            [{"pubsubname":"rp","topic":"rb","route":"/rb","bulkSubscribe":{"enabled":true,"maxMessagesCount":10,"maxAwaitDurationMs":300},"deadLetterTopic":"rbdead"},
             {"pubsubname":"rp","topic":"rb2","route":"/rb2","bulkSubscribe":{"enabled":true,"maxMessagesCount":10,"maxAwaitDurationMs":300}},
             {"pubsubname":"rp","topic":"rbdead","route":"/rbdead"}]
            """).On("/rbdead", 200, "{}");
        // 0 and 3 succeed, 1 and 4 ask for a retry, 2 and 5 are dropped.
        foreach (var topic in new[] { "rb", "rb2" })
            _app.On("/" + topic, (call, context) => context.Response.WriteAsync(BulkAnswer.Of(call, static entry => (Number(entry) % 3) switch { 0 => "SUCCESS", 1 => "RETRY", _ => "DROP" })));
        _sidecar = await _rig.SidecarAsync("app8", _app.Port);
    }

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact(DisplayName = "bulkstatus.rb2: one envelope with all messages, and RETRY entries come back without the others")]
    public async Task Entries_that_ask_for_a_retry_come_back_alone()
    {
        await PublishAsync("rb2");
        var first = (await _app.WaitAsync("/rb2", 1))[0];
        first["Content-Type"].ShouldBe("application/json");
        first["Pubsubname"].ShouldBe("rp");
        var masked = ConformanceCase.Mask(first.Body);
        masked.ShouldStartWith("""{"entries":[{"entryId":"~uuid","event":{"data":{"i":0},"datacontenttype":"application/json","id":"~uuid","pubsubname":"rp","source":"app8","specversion":"1.0","time":"~time","topic":"rb2","traceid":"","traceparent":"","tracestate":"","type":"com.dapr.event.sent"},"metadata":{},"contentType":"application/cloudevents+json"}""");
        masked.ShouldEndWith("""],"id":"~uuid","metadata":{"pubsubName":"rp"},"pubsubname":"rp","topic":"rb2","type":"com.dapr.event.sent.bulk"}""");
        await Eventually.TrueAsync(() => Task.FromResult(Deliveries("/rb2", 1) >= 2 && Deliveries("/rb2", 4) >= 2), "RETRY entries come again");
        foreach (var settled in new[] { 0, 2, 3, 5 })
            Deliveries("/rb2", settled).ShouldBe(1);
    }

    [Fact(DisplayName = "bulkstatus.rb: with a dead-letter topic RETRY and DROP entries go there")]
    public async Task With_a_dead_letter_topic_failed_and_dropped_entries_go_there()
    {
        await PublishAsync("rb");
        var dead = await _app.WaitAsync("/rbdead", 4);
        dead.Select(call => Number(JsonDocument.Parse(call.Body).RootElement)).Order().ShouldBe([1, 2, 4, 5]);
        foreach (var number in Enumerable.Range(0, Messages))
            Deliveries("/rb", number).ShouldBe(1);
    }

    [Fact(DisplayName = "bulk: an answer that leaves entries out, or is no JSON, brings them again")]
    public async Task Entries_without_a_verdict_come_again()
    {
        _app.On("/rb2", 200, "fine", "text/plain");
        await PublishAsync("rb2");
        await Eventually.TrueAsync(() => Task.FromResult(Enumerable.Range(0, Messages).All(number => Deliveries("/rb2", number) >= 2)), "all come again");
    }

    private async Task PublishAsync(string topic)
    {
        for (var i = 0; i < Messages; i++)
            (await _sidecar.PostAsync($"/v1.0/publish/rp/{topic}", $$"""{"i":{{i}}}""")).Status.ShouldBe(204);
    }

    private int Deliveries(string path, int number) => _app.To(path).SelectMany(BulkAnswer.EventsOf).Count(text => text.Contains($"\"i\":{number}}}", StringComparison.Ordinal));

    private static int Number(JsonElement cloudEvent) => cloudEvent.GetProperty("data").GetProperty("i").GetInt32();
}
