using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Local.Sidecar;
using Xunit;

namespace Splitrail.Tests.Suite.Dapr;

/// <summary>The files of dapr-components at work: every policy of resiliency.yaml is seen to act. Long times are shortened, all else is as it is.</summary>
public sealed class LocalComponentsTests : IAsyncLifetime
{
    /// <summary>daprd reads the cluster's files, the embedded sidecar its own; they carry the same policies.</summary>
    private static readonly string Components = SidecarEngine.IsDaprd ? "cluster" : "local";

    /// <summary>For what hangs, and for what recovers.</summary>
    private static readonly (string Name, string To)[] Shorter =
        [("dataPlane", "300ms"), ("features", "200ms"), ("controlPlane", "250ms"), ("handler", "150ms"), ("maxInterval", "20ms"), ("timeout", "300ms")];

    /// <summary>For what answers: a busy machine must not turn an answer into a timeout, which is tried again and counted as a failure.</summary>
    private static readonly (string Name, string To)[] Longer =
        [("dataPlane", "60s"), ("features", "60s"), ("controlPlane", "60s"), ("handler", "60s"), ("maxInterval", "20ms"), ("timeout", "300ms")];

    private readonly SidecarRig _rig = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Theory]
    [InlineData(AppIds.Candidate)]
    [InlineData(AppIds.Ranking)]
    [InlineData(AppIds.Feature)]
    [InlineData(AppIds.Experiment)]
    public async Task A_callee_that_hangs_is_cut_by_its_timeout(string appId)
    {
        var (app, caller) = await StartAsync(appId, Shorter);
        app.On("/v1/x", (_, context) => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default));
        var answer = await caller.PostAsync($"/v1.0/invoke/{appId}/method/v1/x", "{}");
        // The callee's sidecar may be the first to notice; then it says the same in gRPC's words.
        (answer.Body.Contains("context deadline exceeded", StringComparison.Ordinal) || answer.Body.Contains("code = DeadlineExceeded", StringComparison.Ordinal)).ShouldBeTrue(answer.Body);
    }

    [Theory]
    [InlineData(AppIds.Candidate, 503, 2)]
    [InlineData(AppIds.Ranking, 502, 2)]
    [InlineData(AppIds.Feature, 504, 2)]
    [InlineData(AppIds.Feature, 500, 1)]
    [InlineData(AppIds.Ranking, 404, 1)]
    [InlineData(AppIds.Experiment, 503, 1)]
    public async Task Only_gateway_statuses_of_the_data_plane_are_tried_once_more(string appId, int status, int calls)
    {
        var (app, caller) = await StartAsync(appId, Longer);
        app.On("/v1/x", status, "{}");
        (await caller.PostAsync($"/v1.0/invoke/{appId}/method/v1/x", "{}")).Status.ShouldBe(status);
        app.To("/v1/x").Count.ShouldBe(calls);
    }

    [Theory]
    [InlineData(AppIds.Candidate)]
    [InlineData(AppIds.Ranking)]
    [InlineData(AppIds.Feature)]
    public async Task Five_failures_open_the_path_and_a_good_trial_closes_it(string appId)
    {
        var (app, caller) = await StartAsync(appId, Longer);
        app.On("/v1/x", 500, "{}").On("/v1/y", 200, "{}");
        var path = $"/v1.0/invoke/{appId}/method/v1/";
        for (var i = 0; i < 5; i++)
            (await caller.PostAsync(path + "x", "{}")).Body.ShouldBe("{}");
        (await caller.PostAsync(path + "x", "{}")).Body.ShouldContain("circuit breaker is open");
        (await caller.PostAsync(path + "y", "{}")).Status.ShouldBe(200, "another path is not concerned");
        app.On("/v1/x", 200, "{}");
        await Eventually.TrueAsync(async () => (await caller.PostAsync(path + "x", "{}")).Status == 200, "it is used again after the breaker's timeout", seconds: 5);
    }

    [Fact]
    public async Task The_control_plane_has_no_breaker()
    {
        var (app, caller) = await StartAsync(AppIds.Experiment, Longer);
        app.On("/v1/x", 404, "{}");
        for (var i = 0; i < 8; i++)
            (await caller.PostAsync($"/v1.0/invoke/{AppIds.Experiment}/method/v1/x", "{}")).Status.ShouldBe(404);
        app.To("/v1/x").Count.ShouldBe(8);
    }

    [Theory]
    [InlineData(AppIds.Feature, Topics.Interactions)]
    [InlineData(AppIds.Experiment, Topics.Exposures)]
    public async Task A_message_is_tried_six_times_then_lies_with_the_dead_letters_until_it_is_replayed(string appId, string topic)
    {
        var (app, publisher) = await StartAsync(appId, Longer);
        var route = "/events/" + topic;
        var verdict = "RETRY";
        app.On(route, (call, context) => context.Response.WriteAsync(BulkAnswer.Of(call, verdict)));
        (await publisher.PostAsync($"/v1.0/publish/{Topics.PubSub}/{topic}", """{"n":1}""")).Status.ShouldBe(204);
        await app.WaitAsync(route, 6);
        if (SidecarEngine.IsDaprd)
        {
            // Redis keeps them in a stream; bringing them back is a matter of reading that and publishing again.
            await Eventually.TrueAsync(async () => await _rig.StreamLengthAsync(topic + "-dead") == 1, "it is in the dead letters' stream", seconds: 20);
            app.To(route).Count.ShouldBe(6);
            return;
        }

        await Eventually.TrueAsync(async () => (await DeadLettersAsync()).Contains($"1 pubsub/{topic}-dead", StringComparison.Ordinal), "it is listed as dead", seconds: 20);
        app.To(route).Count.ShouldBe(6);
        verdict = "SUCCESS";
        (await DeadLettersAsync("--replay", topic + "-dead")).ShouldContain("1 messages");
        BulkAnswer.EventsOf((await app.WaitAsync(route, 7))[6]).ShouldBe(BulkAnswer.EventsOf(app.To(route)[0]));
        (await DeadLettersAsync()).ShouldBe("");
    }

    [Fact]
    public async Task A_handler_that_hangs_is_cut_and_the_message_comes_again()
    {
        var (app, publisher) = await StartAsync(AppIds.Feature, Shorter);
        app.On("/events/interactions", (_, context) => app.To("/events/interactions").Count > 1
            ? context.Response.WriteAsync("{}")
            : Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default));
        await publisher.PostAsync($"/v1.0/publish/{Topics.PubSub}/{Topics.Interactions}", """{"n":1}""");
        await app.WaitAsync("/events/interactions", 2);
    }

    [Fact]
    public async Task Replicas_of_the_gateway_share_the_keys_of_the_state_store_and_nobody_else_has_it()
    {
        Write(Longer);
        var one = await _rig.SidecarAsync(AppIds.Gateway);
        var other = await _rig.SidecarAsync(AppIds.Gateway);
        var stranger = await _rig.SidecarAsync(AppIds.Ranking);
        (await one.PostAsync($"/v1.0/state/{Contracts.Components.StateStore}", """[{"key":"k","value":"v"}]""")).Status.ShouldBe(204);
        (await other.GetAsync($"/v1.0/state/{Contracts.Components.StateStore}/k")).Body.ShouldBe("\"v\"");
        // No store at all is a fault of the sidecar, as daprd has it.
        (await stranger.GetAsync($"/v1.0/state/{Contracts.Components.StateStore}/k")).Status.ShouldBe(500);
    }

    [Theory]
    [InlineData("local")]
    [InlineData("cluster")]
    public async Task Both_folders_can_be_read_and_carry_the_same_names(string folder)
    {
        await using var sidecar = SidecarApp.Build(
            ["--app-id", AppIds.Gateway, "--dapr-http-port", "0", "--resources-path", Folder(folder), "--state-dir", _rig.State, "--log-level", "None"]);
        await sidecar.StartAsync();
        var client = new SidecarUnderTest(new EmbeddedHost(sidecar), new Uri(sidecar.Urls.First()));
        (await client.GetAsync($"/v1.0/state/{Contracts.Components.StateStore}/k")).Status.ShouldBe(204);
        (await client.PostAsync($"/v1.0/publish/{Topics.PubSub}/{Topics.Interactions}", "{}")).Status.ShouldBe(204);
        await sidecar.StopAsync();
    }

    private async Task<(RecordingApp App, SidecarUnderTest Caller)> StartAsync(string appId, (string Name, string To)[] times)
    {
        Write(times);
        var app = await _rig.AppAsync();
        await _rig.SidecarAsync(appId, app.Port);
        return (app, await _rig.SidecarAsync(AppIds.Gateway));
    }

    private void Write((string Name, string To)[] times)
    {
        foreach (var file in Directory.EnumerateFiles(Folder(Components)))
        {
            var text = File.ReadAllText(file);
            foreach (var (name, to) in Path.GetFileName(file) == "resiliency.yaml" ? times : [])
            {
                var length = new Regex($@"(?<=^ +{name}: )[0-9]+m?s$", RegexOptions.Multiline);
                length.IsMatch(text).ShouldBeTrue($"{file} has {name}");
                text = length.Replace(text, to);
            }

            _rig.File(Path.GetFileName(file), text);
        }
    }

    private async Task<string> DeadLettersAsync(params string[] more)
    {
        string[] arguments = [typeof(SidecarApp).Assembly.Location, "dead-letters", "--state-dir", _rig.State, .. more];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
        return output.Trim();
    }

    private static string Folder(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "dapr-components", name)))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("dapr-components was not found above the tests.");
        return Path.Combine(folder.FullName, "dapr-components", name);
    }
}
