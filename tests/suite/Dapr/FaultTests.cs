using Shouldly;
using Xunit;

namespace Splitrail.Tests.Suite.Dapr;

/// <summary>Faults put in by a test act inside the policies.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private readonly SidecarRig _rig = new();
    private RecordingApp _app = null!;
    private SidecarUnderTest _sidecar = null!;

    public async Task InitializeAsync()
    {
        _rig.File("c.yaml", Yaml.Components(Yaml.Component("st", "state.in-memory"), Yaml.Component("ps", "pubsub.embedded")));
        _rig.File("r.yaml", Yaml.Resiliency("""
              policies:
                timeouts: {short: 100ms}
                retries: {once: {policy: constant, duration: 1ms, maxRetries: 1, matching: {httpStatusCodes: "503"}}}
              targets:
                apps:
                  callee: {timeout: short, retry: once}
                components:
                  st: {outbound: {timeout: short}}
                  ps: {outbound: {timeout: short}}
            """));
        _app = await _rig.AppAsync();
        _app.On("/x", 200, "fine", "text/plain").On("/y", 200, "fine", "text/plain");
        await _rig.SidecarAsync("callee", _app.Port);
        _sidecar = await _rig.SidecarAsync("caller", 0, "--enable-faults", "true");
    }

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [EmbeddedFact("daprd has no fault injection")]
    public async Task A_status_that_is_retried_costs_one_call_and_is_not_seen()
    {
        await PutAsync("""{"target":"callee","path":"/x","status":503,"times":1}""");
        (await CallAsync("x")).ShouldBe((200, "fine"));
        _app.To("/x").Count.ShouldBe(1);
    }

    [EmbeddedFact("daprd has no fault injection")]
    public async Task A_delay_runs_into_the_timeout_and_a_wrong_answer_comes_through()
    {
        await PutAsync("""{"target":"callee","path":"/x","delay_ms":60000}""");
        (await CallAsync("x")).Body.ShouldContain("context deadline exceeded");
        (await CallAsync("y")).ShouldBe((200, "fine"));
        await ClearAsync();
        await PutAsync("""{"target":"callee","status":200,"body":"{\"wrong\":true}","times":1}""");
        (await CallAsync("x")).ShouldBe((200, """{"wrong":true}"""));
        (await CallAsync("x")).ShouldBe((200, "fine"));
    }

    /// <summary>The texts are those of comp.timeout.get and down.publish.</summary>
    [EmbeddedFact("daprd has no fault injection")]
    public async Task Components_fail_in_daprds_words()
    {
        await PutAsync("""{"target":"st","delay_ms":60000,"times":1}""");
        (await _sidecar.GetAsync("/v1.0/state/st/a")).Body.ShouldBe("""{"errorCode":"ERR_STATE_GET","message":"fail to get a from state store st: context deadline exceeded"}""");
        await PutAsync("""{"target":"ps","error":"redis streams: error from publish: EOF","times":1}""");
        var answer = await _sidecar.PostAsync("/v1.0/publish/ps/t7", "1");
        answer.Status.ShouldBe(500);
        answer.Body.ShouldStartWith("""{"errorCode":"ERR_PUBSUB_PUBLISH_MESSAGE","message":"error when publishing to topic t7 in pubsub ps: redis streams: error from publish: EOF","details":[""");
        (await _sidecar.PostAsync("/v1.0/publish/ps/t7", "1")).Status.ShouldBe(204);
    }

    [EmbeddedFact("daprd has no fault injection")]
    public async Task Without_the_argument_there_is_no_such_door()
    {
        var closed = await _rig.SidecarAsync("closed");
        (await closed.PostAsync("/faults", """{"target":"callee","status":500}""")).Status.ShouldBe(404);
    }

    private async Task PutAsync(string rule) => (await _sidecar.PostAsync("/faults", rule)).Status.ShouldBe(204);

    private async Task ClearAsync() => (await _sidecar.SendAsync("DELETE", "/faults")).Status.ShouldBe(204);

    private async Task<(int Status, string Body)> CallAsync(string path)
    {
        var answer = await _sidecar.GetAsync("/v1.0/invoke/callee/method/" + path);
        return (answer.Status, answer.Body);
    }
}
