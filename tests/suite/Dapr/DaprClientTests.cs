using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Dapr;
using Xunit;

namespace Splitrail.Tests.Suite.Dapr;

/// <summary>The typed client through a real sidecar, both ways.</summary>
public sealed class DaprClientTests : IAsyncLifetime
{
    private const string Store = "st";

    private readonly SidecarRig _rig = new();
    private RecordingApp _app = null!;
    private SidecarUnderTest _sidecar = null!;
    private WebApplication _host = null!;
    private DaprClient _client = null!;
    private Func<CloudEvent<ShopEventBatch>, Task<Acknowledgement>> _handler = static _ => Task.FromResult(Acknowledgement.Success);

    public async Task InitializeAsync()
    {
        _rig.File("c.yaml", Yaml.Components(
            Yaml.Component(Store, "state.in-memory"),
            Yaml.Component("cfg", "configuration.embedded", ("file", "settings.json")),
            Yaml.Component("sec", "secretstores.local.file", ("secretsFile", "secrets.json")),
            Yaml.Component("pubsub", "pubsub.embedded", ("processingTimeout", "1s"), ("redeliverInterval", "50")),
            """
            apiVersion: dapr.io/v1alpha1
            kind: Subscription
            metadata: {name: s}
            spec: {pubsubname: pubsub, topic: interactions, route: /events/interactions, deadLetterTopic: dead}
            ---
            apiVersion: dapr.io/v1alpha1
            kind: Subscription
            metadata: {name: again}
            spec: {pubsubname: pubsub, topic: again, route: /events/interactions}
            ---
            apiVersion: dapr.io/v1alpha1
            kind: Subscription
            metadata: {name: d}
            spec: {pubsubname: pubsub, topic: dead, route: /dead}
            """));
        _rig.File("settings.json", """{"limit":"10||3","other":"x"}""").File("secrets.json", """{"password":"p"}""");
        _rig.File("r.yaml", Yaml.Resiliency("""
              policies:
                timeouts: {short: 100ms}
                circuitBreakers: {one: {timeout: 60s, trip: consecutiveFailures >= 1}}
              targets:
                apps:
                  slow: {timeout: short}
                  fragile: {circuitBreaker: one}
            """));
        _app = await _rig.AppAsync();
        _app.On("/v1/popular", 200, """{"outcome":"found","items":[{"item_id":"i1","score":0.5}]}""").On("/v1/broken", 200, "{oops").On("/v1/fails", 500, "boom").On("/v1/null", 200, "null");
        _app.On("/v1/hangs", (_, context) => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default));
        var port = SidecarRig.FreePort();
        await _rig.SidecarAsync("callee", _app.Port);
        await _rig.SidecarAsync("slow", _app.Port);
        await _rig.SidecarAsync("fragile", _app.Port);
        _sidecar = await _rig.SidecarAsync("caller", port);
        await StartHostAsync(port);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _rig.DisposeAsync();
    }

    [Fact]
    public async Task A_call_gives_the_typed_answer()
    {
        var answer = await CallAsync("callee", "/v1/popular");
        answer.Value.Items.ShouldHaveSingleItem().ItemId.ShouldBe("i1");
        var call = _app.To("/v1/popular").Single();
        call["Content-Type"].ShouldBe("application/json");
        call.Body.ShouldStartWith("""{"count":3""");
    }

    [Theory]
    [InlineData("callee", "/v1/fails", DaprFaultKind.AppError)]
    [InlineData("callee", "/v1/broken", DaprFaultKind.BadAnswer)]
    [InlineData("callee", "/v1/null", DaprFaultKind.BadAnswer)]
    [InlineData("slow", "/v1/hangs", DaprFaultKind.Timeout)]
    [InlineData("nobody", "/v1/popular", DaprFaultKind.UnknownApp)]
    public async Task Every_fault_is_told_apart(string appId, string path, DaprFaultKind kind) => (await CallAsync(appId, path)).Fault!.Kind.ShouldBe(kind);

    [Fact]
    public async Task An_open_breaker_is_told_apart_from_the_failure_that_opened_it()
    {
        (await CallAsync("fragile", "/v1/fails")).Fault!.Kind.ShouldBe(DaprFaultKind.AppError);
        (await CallAsync("fragile", "/v1/fails")).Fault!.Kind.ShouldBe(DaprFaultKind.CircuitOpen);
    }

    [Fact]
    public async Task The_callers_deadline_and_an_absent_sidecar_are_faults_too()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        (await CallAsync("callee", "/v1/hangs", deadline.Token)).Fault!.Kind.ShouldBe(DaprFaultKind.DeadlineExceeded);
        await _app.StopAsync();
        (await CallAsync("callee", "/v1/popular")).Fault!.Kind.ShouldBe(DaprFaultKind.AppDown);
        await _sidecar.StopAsync();
        (await CallAsync("callee", "/v1/popular")).Fault!.Kind.ShouldBe(DaprFaultKind.SidecarAway);
        (await _client.IsHealthyAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task State_is_guarded_by_its_tag()
    {
        var type = ContractsJson.Default.ScoredItemsResponse;
        var value = new ScoredItemsResponse("found", "m1", []);
        (await _client.GetStateAsync(Store, "a/b", type)).Value.ShouldBeNull();
        (await _client.SaveStateAsync(Store, "a/b", value, type)).IsSuccess.ShouldBeTrue();
        var entry = (await _client.GetStateAndETagAsync(Store, "a/b", type)).Value;
        entry.Value!.ModelVersion.ShouldBe("m1");
        (await _client.TrySaveStateAsync(Store, "a/b", value with { ModelVersion = "m2" }, entry.ETag!, type)).Value.ShouldBeTrue();
        (await _client.TrySaveStateAsync(Store, "a/b", value with { ModelVersion = "m3" }, entry.ETag!, type)).Value.ShouldBeFalse();
        (await _client.TryDeleteStateAsync(Store, "a/b", entry.ETag!)).Value.ShouldBeFalse();
        var all = (await _client.GetBulkStateAsync(Store, ["a/b", "none"], type)).Value;
        all.Select(one => (one.Key, one.Exists, one.Value?.ModelVersion)).ShouldBe([("a/b", true, "m2"), ("none", false, null)]);
        (await _client.DeleteStateAsync(Store, "a/b")).IsSuccess.ShouldBeTrue();
        (await _client.GetStateAndETagAsync(Store, "a/b", type)).Value.Exists.ShouldBeFalse();
        (await _client.GetStateAsync("nostore", "k", type)).Fault!.Kind.ShouldBe(DaprFaultKind.Refused);
    }

    [Fact]
    public async Task A_transaction_is_made_whole_or_not_at_all_and_a_value_can_expire()
    {
        var type = ContractsJson.Default.ScoredItemsResponse;
        var value = new ScoredItemsResponse("found", "m1", []);
        (await _client.ExecuteStateTransactionAsync(Store, [StateOperation.Upsert("x", value, type), StateOperation.Upsert("y", value, type, etag: "stale")])).Fault!.Kind.ShouldBe(DaprFaultKind.Conflict);
        (await _client.GetStateAndETagAsync(Store, "x", type)).Value.Exists.ShouldBeFalse();
        (await _client.ExecuteStateTransactionAsync(Store, [StateOperation.Upsert("x", value, type, timeToLive: TimeSpan.FromSeconds(1)), StateOperation.Delete("y")])).IsSuccess.ShouldBeTrue();
        (await _client.GetStateAndETagAsync(Store, "x", type)).Value.Exists.ShouldBeTrue();
        await Eventually.TrueAsync(async () => !(await _client.GetStateAndETagAsync(Store, "x", type)).Value.Exists, "it expires");
    }

    [Theory]
    [InlineData(Acknowledgement.Success, 1, 0)]
    [InlineData(Acknowledgement.Drop, 1, 1)]
    [InlineData(null, 1, 1)]
    public async Task A_handler_decides_what_becomes_of_a_message(Acknowledgement? fate, int handled, int dead)
    {
        var seen = 0;
        _handler = _ =>
        {
            Interlocked.Increment(ref seen);
            return fate is { } known ? Task.FromResult(known) : throw new InvalidOperationException("the handler fails");
        };
        var shopEvent = new ShopEvent("e1", EventTypes.View, "u", null, "i", 1);
        (await _client.PublishEventAsync("pubsub", "interactions", new ShopEventBatch([shopEvent]), ContractsJson.Default.ShopEventBatch)).IsSuccess.ShouldBeTrue();
        await Eventually.TrueAsync(() => Task.FromResult(seen == handled && _dead == dead), $"{handled} handled, {dead} dead; there were {seen} and {_dead}");
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_is_dropped_and_the_handler_does_not_see_it()
    {
        var seen = 0;
        _handler = _ => Task.FromResult(Acknowledgement.Success).ContinueWith(done => { seen++; return done.Result; }, TaskScheduler.Default);
        (await _sidecar.PostAsync("/v1.0/publish/pubsub/interactions", """{"events":"none"}""")).Status.ShouldBe(204);
        await Eventually.TrueAsync(() => Task.FromResult(_dead == 1), "it lies with the dead letters");
        seen.ShouldBe(0);
    }

    [Fact]
    public async Task Retry_brings_the_message_again()
    {
        var seen = 0;
        _handler = _ => Task.FromResult(Interlocked.Increment(ref seen) < 3 ? Acknowledgement.Retry : Acknowledgement.Success);
        await _client.PublishEventAsync("pubsub", "again", new ShopEventBatch([]), ContractsJson.Default.ShopEventBatch);
        await Eventually.TrueAsync(() => Task.FromResult(seen == 3), "the third delivery is taken");
    }

    [Fact]
    public async Task Several_events_go_in_one_call()
    {
        var seen = new ConcurrentBag<string>();
        _handler = message =>
        {
            seen.Add(message.Data.Events[0].EventId);
            return Task.FromResult(Acknowledgement.Success);
        };
        var batches = Enumerable.Range(0, 20).Select(i => new ShopEventBatch([new ShopEvent($"e{i}", EventTypes.View, "u", null, "i", 1)])).ToList();
        (await _client.BulkPublishEventAsync("pubsub", "interactions", batches, ContractsJson.Default.ShopEventBatch)).IsSuccess.ShouldBeTrue();
        await Eventually.TrueAsync(() => Task.FromResult(seen.Count == 20), "all are delivered");
        seen.Distinct().Count().ShouldBe(20);
    }

    [Fact]
    public async Task Configuration_is_read_and_its_changes_arrive()
    {
        (await _client.GetConfigurationAsync("cfg", ["limit", "none"])).Value.ShouldBe([KeyValuePair.Create("limit", new ConfigurationItem("10", "3"))]);
        (await _client.GetConfigurationAsync("cfg", ["none"])).Value.ShouldBeEmpty();
        (await _client.GetConfigurationAsync("nope", [])).Fault!.Kind.ShouldBe(DaprFaultKind.Refused);
        var id = (await _client.SubscribeConfigurationAsync("cfg", ["limit"])).Value;
        _rig.File("settings.json", """{"limit":"20"}""");
        await Eventually.TrueAsync(() => Task.FromResult(_changes.Contains(("limit", new ConfigurationItem("20", "")))), "the new value arrives");
        _rig.File("settings.json", "{}");
        await Eventually.TrueAsync(() => Task.FromResult(_changes.Contains(("limit", null))), "the removal arrives");
        (await _client.UnsubscribeConfigurationAsync("cfg", id)).IsSuccess.ShouldBeTrue();
        (await _client.UnsubscribeConfigurationAsync("cfg", id)).IsSuccess.ShouldBeFalse();
    }

    [Fact]
    public async Task A_secret_is_read()
    {
        (await _client.GetSecretAsync("sec", "password")).Value["password"].ShouldBe("p");
        (await _client.GetSecretAsync("sec", "none")).Fault!.Kind.ShouldBe(DaprFaultKind.ComponentError);
    }

    [Fact]
    public async Task The_sidecar_tells_of_itself() => (await _client.GetMetadataAsync()).Value.GetProperty("id").GetString().ShouldBe("caller");

    private readonly ConcurrentBag<(string Key, ConfigurationItem? Item)> _changes = [];

    private int _dead;

    [Fact(DisplayName = "five calls that their caller did not wait for leave the breaker closed")]
    public async Task Callers_who_stop_waiting_open_no_breaker()
    {
        var open = new TaskCompletionSource();
        _app.On("/v1/held", async (_, context) =>
        {
            await open.Task;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("""{"outcome":"found","items":[]}""");
        });
        await CallAsync("fragile", "/v1/popular");
        var waiting = Enumerable.Range(0, 5).Select(async _ =>
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(30));
            return (await CallAsync("fragile", "/v1/held", deadline.Token)).Fault!.Kind;
        });
        (await Task.WhenAll(waiting)).ShouldAllBe(static kind => kind == DaprFaultKind.DeadlineExceeded);
        await _app.WaitAsync("/v1/held", 5);
        open.SetResult();
        (await CallAsync("fragile", "/v1/held")).IsSuccess.ShouldBeTrue();
    }

    private Task<DaprResult<ScoredItemsResponse>> CallAsync(string appId, string path, CancellationToken token = default) => _client.InvokeMethodAsync(
        appId, path, new PopularRequest(3, ItemFilters.Default), ContractsJson.Default.PopularRequest, ContractsJson.Default.ScoredItemsResponse, token);

    private async Task StartHostAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder([$"--urls=http://127.0.0.1:{port}", $"--Dapr:HttpEndpoint={_sidecar.Address.GetLeftPart(UriPartial.Authority)}"]);
        builder.Services.AddDapr(builder.Configuration);
        _host = builder.Build();
        _host.MapSubscription("/events/interactions", ContractsJson.Default.ShopEventBatch, (message, _) => _handler(message));
        _host.MapConfigurationChanges("cfg", (key, item) => _changes.Add((key, item)));
        _host.MapPost("/dead", (HttpContext _) => Interlocked.Increment(ref _dead));
        await _host.StartAsync();
        _client = _host.Services.GetRequiredService<DaprClient>();
        await Eventually.TrueAsync(async () => (await _sidecar.GetAsync("/v1.0/healthz")).Status == 204, "the sidecar sees the app");
    }
}
