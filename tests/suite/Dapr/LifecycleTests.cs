using System.Net;
using System.Net.Sockets;
using Shouldly;
using Splitrail.Local.Sidecar.Resources;
using Xunit;

namespace Splitrail.Tests.Suite.Dapr;

/// <summary>Start, stop, replicas.</summary>
public sealed class LifecycleTests : IAsyncLifetime
{
    private readonly SidecarRig _rig = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact(DisplayName = "appnotup.*: before the app listens outbound and state work, health says not ready")]
    public async Task A_sidecar_works_outwards_before_its_app_is_up()
    {
        _rig.File("c.yaml", Yaml.Component("st", "state.in-memory"));
        var port = SidecarRig.FreePort();
        var sidecar = await _rig.SidecarAsync("late", port);
        var health = await sidecar.GetAsync("/v1.0/healthz");
        (health.Status, health.Body).ShouldBe((500, """{"errorCode":"ERR_HEALTH_NOT_READY","message":"dapr is not ready: [runtime]"}"""));
        (await sidecar.GetAsync("/v1.0/healthz/outbound")).Status.ShouldBe(204);
        (await sidecar.GetAsync("/v1.0/state/st/x")).Status.ShouldBe(204);
        (await sidecar.GetAsync("/v1.0/invoke/late/method/x")).Body.ShouldBe(
            $$"""{"errorCode":"ERR_DIRECT_INVOKE","message":"failed to invoke, id: late, err: Get \"http://127.0.0.1:{{port}}/x\": dial tcp 127.0.0.1:{{port}}: connect: connection refused"}""");
        await _rig.AppAsync(port);
        await Eventually.TrueAsync(async () => (await sidecar.GetAsync("/v1.0/healthz")).Status == 204, "healthy once the app listens");
    }

    [Fact(DisplayName = "invoke.appdown2, invoke.close: a callee that is down or hangs up")]
    public async Task A_callee_that_is_down_is_told_in_daprds_words()
    {
        using var app = new TcpListener(IPAddress.Loopback, 0);
        app.Start();
        var port = ((IPEndPoint)app.LocalEndpoint).Port;
        await _rig.SidecarAsync("appB2", port);
        var caller = await _rig.SidecarAsync("appA2");
        var hangsUp = HangUpAsync(app);
        const string Prefix = "failed to invoke, id: appB2, err: rpc error: code = Internal desc = error invoking app channel: ";
        (await caller.GetAsync("/v1.0/invoke/appB2/method/close")).Body.ShouldBe($$"""{"errorCode":"ERR_DIRECT_INVOKE","message":"{{Prefix}}Get \"http://127.0.0.1:{{port}}/close\": EOF"}""");
        app.Stop();
        await hangsUp;
        (await caller.PostAsync("/v1.0/invoke/appB2/method/hello", "{}")).Body.ShouldBe(
            $$"""{"errorCode":"ERR_DIRECT_INVOKE","message":"{{Prefix}}Post \"http://127.0.0.1:{{port}}/hello\": dial tcp 127.0.0.1:{{port}}: connect: connection refused"}""");
        (await caller.GetAsync("/v1.0/healthz/outbound")).Status.ShouldBe(204);
    }

    [Fact(DisplayName = "invoke.noappport")]
    public async Task A_sidecar_without_an_app_says_so()
    {
        var own = await _rig.SidecarAsync("noapp");
        var caller = await _rig.SidecarAsync("appA");
        (await caller.GetAsync("/v1.0/invoke/noapp/method/hello")).Body.ShouldBe("""{"errorCode":"ERR_DIRECT_INVOKE","message":"failed to invoke, id: noapp, err: rpc error: code = Internal desc = app channel is not initialized"}""");
        (await own.GetAsync("/v1.0/invoke/noapp/method/hello")).Body.ShouldBe("""{"errorCode":"ERR_DIRECT_INVOKE","message":"failed to invoke, id: noapp, err: cannot invoke local endpoint: app channel not initialized"}""");
    }

    [Fact(DisplayName = "shutdown.post, shutdown.after")]
    public async Task Shutdown_answers_and_then_ends_the_sidecar()
    {
        var sidecar = await _rig.SidecarAsync("ends");
        var ended = sidecar.EndedAsync();
        (await sidecar.PostAsync("/v1.0/shutdown", "")).Status.ShouldBe(204);
        await ended.WaitAsync(TimeSpan.FromSeconds(10));
        await Eventually.TrueAsync(async () => !await sidecar.IsListeningAsync(), "the port is closed");
    }

    [Fact]
    public async Task A_stopped_sidecar_takes_its_app_out_of_the_address_book()
    {
        var app = await _rig.AppAsync();
        app.On("/x", 200);
        var callee = await _rig.SidecarAsync("comes-and-goes", app.Port);
        var caller = await _rig.SidecarAsync("caller");
        (await caller.GetAsync("/v1.0/invoke/comes-and-goes/method/x")).Status.ShouldBe(200);
        await callee.StopAsync();
        await Eventually.TrueAsync(
            async () => (await caller.GetAsync("/v1.0/invoke/comes-and-goes/method/x")).Body.Contains(SidecarEngine.NotFound("comes-and-goes"), StringComparison.Ordinal), "it is gone");
        await _rig.SidecarAsync("comes-and-goes", app.Port);
        (await caller.GetAsync("/v1.0/invoke/comes-and-goes/method/x")).Status.ShouldBe(200, "a returned app is used at once");
    }

    [Fact]
    public async Task Sidecars_that_start_side_by_side_on_a_fresh_folder_find_each_other()
    {
        _rig.File("c.yaml", Yaml.Components(Yaml.Component("st", "state.embedded"), Yaml.Component("ps", "pubsub.embedded")));
        var app = await _rig.AppAsync();
        app.On("/x", 200);
        string[] ids = ["a", "b", "c", "d", "e"];
        var sidecars = await Task.WhenAll(ids.Select(id => Task.Run(() => _rig.SidecarAsync(id, app.Port))));
        foreach (var (sidecar, id) in sidecars.SelectMany(_ => ids, (sidecar, id) => (sidecar, id)))
            (await sidecar.GetAsync($"/v1.0/invoke/{id}/method/x")).Status.ShouldBe(200);
        var saved = await Task.WhenAll(sidecars.Select((sidecar, i) => sidecar.PostAsync("/v1.0/state/st", $$"""[{"key":"k{{i}}","value":1}]""")));
        saved.ShouldAllBe(answer => answer.Status == 204);
    }

    [EmbeddedFact("daprd draws the replica at random and does not go around one that refuses")]
    public async Task Calls_go_round_the_replicas_of_an_app_and_around_a_dead_one()
    {
        var (first, second) = (await _rig.AppAsync(), await _rig.AppAsync());
        first.On("/x", 200);
        second.On("/x", 200);
        await _rig.SidecarAsync("twice", first.Port);
        await _rig.SidecarAsync("twice", second.Port);
        var caller = await _rig.SidecarAsync("caller");
        for (var i = 0; i < 10; i++)
            (await caller.GetAsync("/v1.0/invoke/twice/method/x")).Status.ShouldBe(200);
        (first.To("/x").Count, second.To("/x").Count).ShouldBe((5, 5));
        await first.StopAsync();
        for (var i = 0; i < 10; i++)
            (await caller.GetAsync("/v1.0/invoke/twice/method/x")).Status.ShouldBe(200);
        second.To("/x").Count.ShouldBe(15);
    }

    /// <summary>Reads every request and closes without an answer, until the listener stops.</summary>
    private static async Task HangUpAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await client.GetStream().ReadAtLeastAsync(new byte[4096], 1, throwOnEndOfStream: false);
            }
        }
        catch (Exception stopped) when (stopped is SocketException or InvalidOperationException)
        {
            // The listener was stopped.
        }
    }

    [EmbeddedTheory("daprd logs a broken policy and runs without any")]
    [InlineData("retries: {r: {policy: constant, duration: 5 seconds}}", "", "5 seconds")]
    [InlineData("retries: {r: {policy: sometimes}}", "", "sometimes")]
    [InlineData("retries: {r: {maxRetrys: 3}}", "", "maxRetrys")]
    [InlineData("circuitBreakers: {c: {trip: everything}}", "", "everything")]
    [InlineData("timeouts: {t: 1s}", "apps: {a: {timeout: tt}}", "tt")]
    public async Task A_broken_policy_stops_the_start_with_file_line_and_rule(string policies, string targets, string quoted)
    {
        _rig.File("resiliency.yaml", Yaml.Resiliency($"  policies:\n    {policies}\n  targets:\n    {(targets.Length == 0 ? "apps: {}" : targets)}\n"));
        var fault = await Should.ThrowAsync<ResourceException>(() => _rig.SidecarAsync("a"));
        var only = fault.Faults.ShouldHaveSingleItem();
        only.File.ShouldEndWith("resiliency.yaml");
        only.Line.ShouldBeGreaterThan(5);
        only.Rule.ShouldContain(quoted);
    }

    [EmbeddedFact("daprd ends with its own words")]
    public async Task A_file_that_is_no_YAML_stops_the_start()
    {
        _rig.File("broken.yaml", "kind: Component\n  metadata: [");
        (await Should.ThrowAsync<ResourceException>(() => _rig.SidecarAsync("a"))).Message.ShouldContain("broken.yaml:2");
    }
}
