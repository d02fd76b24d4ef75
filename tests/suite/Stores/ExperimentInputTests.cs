using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Splitrail.Tests.Suite.Servers;
using Xunit;
using static Splitrail.Tests.Suite.Stores.ControlApi;

namespace Splitrail.Tests.Suite.Stores;

[Collection(PostgresTests.Name)]
public sealed class ExperimentInputTests(PostgresServer postgres, RefusingService shared) : IClassFixture<RefusingService>
{
    private static readonly string s_long = new('a', 300);

    public static TheoryData<string, string, string, string> Bad => new()
    {
        { "\"share\":0.5}]", "\"share\":0.6}]", "arms[].share", "0.5 + 0.6 = 1.1" },
        { "\"share\":0.5}]", "\"share\":-0.5}]", "arms[1].share", "is -0.5" },
        { "\"share\":0.5}]", "\"share\":\"NaN\"}]", "arms[1].share", "must be a number" },
        { "\"share\":0.5}]", "\"share\":NaN}]", "body", "it breaks at line 1, byte" },
        { "\"share\":0.5}]", "\"share\":1e999}]", "arms[1].share", "is Infinity" },
        { "\"id\":\"b\"", "\"id\":\"a\"", "arms[].id", "\"a\": is used 2 times" },
        { "\"id\":\"b\"", "\"id\":\"\"", "arms[1].id", "is \"\": must be 1 to 64" },
        { "\"id\":\"b\"", $"\"id\":\"{s_long}\"", "arms[1].id", "it has 300" },
        { "\"id\":\"b\"", "\"id\":null", "arms[1].id", "must not be null" },
        { "\"layer\":\"ranking\"", "\"layer\":\"rankings\"", "layer", "is no layer; known are" },
        { "\"traffic\":1", "\"traffic\":0", "traffic", "above 0 and up to 1" },
        { "\"traffic\":1", "\"traffic\":1,\"traffic\":0.5", "traffic", "is given more than once" },
        { "\"traffic\":1", "\"trafic\":1", "trafic", "is not a member here; the members are" },
        { "\"share\":0.5}]", "\"share\":0.5,\"parameters\":{\"mix\":\"none\"}}]", "arms[1].parameters.mix", "does not exist: there is no mix 'none': use als, default" },
        { "\"share\":0.5}]", "\"share\":0.5,\"parameters\":{\"weight\":1}}]", "arms[1].parameters.weight", "is not a member here" },
        { "\"id\":\"x\"", "\"id\":\"schema\"", "id", "is a word of the API" },
        { "\"traffic\":1", "\"traffic\":1,\"overrides\":[{\"unit\":\"u\",\"arm\":\"b\"}]", "overrides[0].reason", "must be an object with kind" },
        { "\"traffic\":1", "\"traffic\":1,\"overrides\":[{\"unit\":\"u\",\"arm\":\"c\",\"reason\":{\"kind\":\"testing\"}}]", "overrides[0].arm", "must be an arm" },
        { "\"traffic\":1", "\"traffic\":1,\"overrides\":[{\"unit\":\"u\",\"arm\":\"b\",\"reason\":{\"kind\":\"whim\"}}]", "overrides[0].reason.kind", "must be one of" },
        { "\"traffic\":1", "\"traffic\":1,\"audience\":[{\"attribute\":\"shoe\",\"operator\":\"equals\",\"values\":[\"a\"]}]", "audience[0]", "use device, page" },
        { "\"traffic\":1", "\"traffic\":1,\"audience\":[{\"attribute\":\"interactions\",\"operator\":\"gte\",\"values\":[\"few\"]}]", "audience[0]", "give one number" },
        { "\"traffic\":1", "\"traffic\":1,\"metrics\":[{\"name\":\"click_through\",\"role\":\"aim\"}]", "metrics[0].role", "goal, secondary, guardrail" },
        { "\"traffic\":1", "\"traffic\":1,\"metrics\":[{\"name\":\"ctr\",\"role\":\"goal\"}]", "metrics[0].name", "click_through, conversion, " },
        { "\"traffic\":1", "\"traffic\":1,\"ramp\":[{\"traffic\":0.5},{\"traffic\":0.1}]", "ramp[1].traffic", "more than the step before" },
        { "\"traffic\":1", "\"traffic\":1,\"ramp\":[{\"traffic\":0.5,\"gates\":[\"luck\"]}]", "ramp[0].gates", "must be one of sample_ratio, guardrails" },
        { "\"traffic\":1", "\"traffic\":1,\"schedule\":{\"start\":\"2026-05-02T00:00:00Z\",\"end\":\"2026-05-01T00:00:00Z\"}", "schedule.end", "must be after" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_bad_experiment_is_refused_with_its_member_value_and_the_fix(string good, string bad, string member, string said)
    {
        var body = Experiment("x").ToJsonString();
        body.ShouldContain(good);
        body = body.Replace(good, bad, StringComparison.Ordinal);
        var refused = (await shared.Service.CallAsync("POST", "/v1/experiments", body)).ShouldRefuse(HttpStatusCode.BadRequest, said).Json;
        ((string)refused["member"]!).ShouldBe(member);
        (await shared.Service.CallAsync("GET", "/v1/experiments/x")).ShouldRefuse(HttpStatusCode.NotFound, "Known: new-items");
    }

    [Fact]
    public async Task All_faults_are_told_at_once()
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var service = await store.ExperimentAsync();
        var bad = Experiment("X 1", "no layer", 0.5, 0.7);
        bad["hypothesis"] = " ";
        var answer = (await service.CallAsync("POST", "/v1/experiments", bad.ToJsonString())).ShouldRefuse(HttpStatusCode.BadRequest);
        answer.Json["faults"]!.AsArray().Select(fault => (string)fault!["member"]!).ShouldBe(["id", "layer", "hypothesis", "arms[].share"]);
        var validated = (await service.CallAsync("POST", "/v1/experiments/validate", bad.ToJsonString())).Should(HttpStatusCode.OK).Json;
        ((bool)validated["valid"]!, validated["faults"]!.AsArray().Count).ShouldBe((false, 4));
    }

    [Theory]
    [InlineData(33.333333)]
    [InlineData(0.33333333)]
    public async Task Three_rounded_thirds_are_completed_and_the_answer_shows_how(double third)
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var service = await store.ExperimentAsync();
        await service.LayerAsync("ranking");
        var thirds = Experiment("x", control: third, treatment: third);
        thirds["arms"]!.AsArray().Add(new JsonObject { ["id"] = "c", ["share"] = third });
        var answer = (await service.CallAsync("POST", "/v1/experiments", thirds.ToJsonString())).Should(HttpStatusCode.Created).Json;
        var arms = answer["split"]!["arms"]!.AsArray();
        arms.Select(arm => (double)arm!["given"]!).ShouldAllBe(given => given == third);
        arms.Select(arm => (double)arm!["share"]!).ShouldBe([0.33333334, 0.33333333, 0.33333333]);
        await service.ActAsync("x", "start");
        var slots = (await service.GetAsync("/v1/experiments/x"))["arms"]!.AsArray().Select(arm => (int)arm!["slots"]!).ToArray();
        (slots.Sum(), slots.Max() - slots.Min()).ShouldBe((1 << 20, 1));
    }

    [Fact]
    public async Task Saving_needs_the_version_that_was_edited()
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var service = await store.ExperimentAsync();
        await service.LayerAsync("ranking");
        await service.CreateAsync(Experiment("x"));
        (await service.CallAsync("PUT", "/v1/experiments/x", Experiment("x").ToJsonString())).ShouldRefuse(HttpStatusCode.PreconditionRequired, "If-Match: \"3\"");
        (await service.CallAsync("PUT", "/v1/experiments/x", Experiment("x").ToJsonString(), 7)).ShouldRefuse(HttpStatusCode.Conflict, "has version 1 now; you edited version 7");
        (await service.CallAsync("PUT", "/v1/experiments/x", Experiment("y").ToJsonString(), 1)).ShouldRefuse(HttpStatusCode.BadRequest, "an id cannot change");
        (await service.CallAsync("POST", "/v1/experiments", Experiment("x").ToJsonString())).ShouldRefuse(HttpStatusCode.Conflict, "There is an experiment 'x' already");
        (await service.CallAsync("GET", "/v1/experiments", actor: "a b")).ShouldRefuse(HttpStatusCode.BadRequest, "'X-Actor' is \"a b\"");
    }

    [Fact]
    public async Task An_ended_experiment_is_not_edited_and_says_what_is_possible()
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var service = await store.ExperimentAsync();
        await service.LayerAsync("ranking");
        await service.StartedAsync(Experiment("x"));
        var version = await service.ActAsync("x", "end");
        var refused = (await service.CallAsync("PUT", "/v1/experiments/x", Experiment("x", control: 0.4, treatment: 0.6).ToJsonString(), version))
            .ShouldRefuse(HttpStatusCode.Conflict, "is ended", "Create another experiment", "Possible now: archive").Json;
        refused["possible"]!.AsArray().Select(action => (string)action!).ShouldBe(["archive"]);
        (await service.CallAsync("POST", "/v1/experiments/x/start")).ShouldRefuse(HttpStatusCode.Conflict, "start is not possible", "Possible now: archive");
        (await service.CallAsync("POST", "/v1/experiments/x/undo", version: version)).ShouldRefuse(HttpStatusCode.Conflict, "no edit of it can be undone");
    }

    [Fact]
    public async Task A_full_layer_says_how_much_is_free()
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var service = await store.ExperimentAsync();
        await service.LayerAsync("ranking", holdout: 0.1);
        await service.StartedAsync(Experiment("x", traffic: 0.6));
        await service.CreateAsync(Experiment("y", traffic: 0.5));
        var refused = (await service.CallAsync("POST", "/v1/experiments/y/start")).ShouldRefuse(HttpStatusCode.Conflict, "Layer 'ranking' has no room", "held out 10 %", "x 60 %").Json;
        ((string)refused["title"]!).ShouldBe("Layer full");
        ((double)(await service.GetAsync("/v1/layers/ranking"))["free"]!).ShouldBe(0.3, 1e-5);
    }

    [Fact]
    public async Task Two_layers_do_not_set_one_parameter_for_the_same_users()
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        store.WriteDefinitions(ExperimentCalls.Definitions(0.5, 0.5));
        var service = await store.ExperimentAsync();
        await service.LayerAsync("other");
        var mixes = Experiment("x", "other");
        mixes["arms"]![1]!["parameters"] = new JsonObject { ["mix"] = "als" };
        await service.CreateAsync(mixes);
        (await service.CallAsync("POST", "/v1/experiments/x/start")).ShouldRefuse(HttpStatusCode.Conflict, "'order' (layer ranking) and 'x' (layer other) both set the parameter mix", "share nobody");

        mixes["audience"] = JsonNode.Parse("""[{"attribute":"device","operator":"equals","values":["mobile"]}]""");
        var version = (await service.CallAsync("PUT", "/v1/experiments/x", mixes.ToJsonString(), 1)).Should(HttpStatusCode.OK).Version;
        var order = (await service.GetAsync("/v1/experiments/order"))["definition"]!;
        order["audience"] = JsonNode.Parse("""[{"attribute":"device","operator":"in","values":["desktop","tablet"]}]""");
        (await service.CallAsync("PUT", "/v1/experiments/order", order.ToJsonString(), 1)).Should(HttpStatusCode.OK);
        (await service.CallAsync("POST", "/v1/experiments/x/start", version: version)).Should(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_arms_may_name_is_published_and_holds()
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var service = await store.ExperimentAsync();
        await service.LayerAsync("ranking");
        var schema = await service.GetAsync("/v1/experiments/schema");
        schema["sources"]!.AsArray().Count.ShouldBeGreaterThan(3);
        foreach (var (parameter, values) in schema["parameters"]!.AsObject())
        {
            foreach (var value in values!.AsArray())
            {
                var named = Experiment("x");
                named["arms"]![1]!["parameters"] = new JsonObject { [parameter] = (string)value! };
                ((bool)(await service.CallAsync("POST", "/v1/experiments/validate", named.ToJsonString())).Json["valid"]!).ShouldBeTrue($"{parameter} {value}");
            }
        }
    }
}

/// <summary>One service for all bodies that it refuses: none of them leaves anything behind.</summary>
public sealed class RefusingService : IAsyncLifetime
{
    private TestStore? _store;

    internal RunningService Service { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _store = await TestStore.OnAsync(StoreEngine.Sqlite, new PostgresServer());
        Service = await _store.ExperimentAsync();
        await Service.LayerAsync("ranking");
    }

    public async Task DisposeAsync() => await _store!.DisposeAsync();
}
