using System.Net;
using Shouldly;
using Splitrail.Tests.Suite.Servers;
using Xunit;

namespace Splitrail.Tests.Suite.Stores;

[Collection(PostgresTests.Name)]
public sealed class MerchandisingTests(PostgresServer postgres)
{
    private const string Boost = """{"kind":"boost","description":"Autumn","conditions":[{"field":"category","operator":"equals","values":["bags"]}],"factor":1.5}""";

    [Theory, OnSqlite, OnPostgres]
    public async Task A_rule_is_created_edited_by_version_deleted_and_remembered(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await store.ExperimentAsync();
        (await service.ControlAsync(0)).Snapshot!.Rules.ShouldBeNull();
        var created = (await service.CallAsync("PUT", "/v1/rules/autumn", Boost, actor: "anna")).Should(HttpStatusCode.Created);
        (await service.ControlAsync(0)).Snapshot!.Rules!.ShouldHaveSingleItem().Factor.ShouldBe(1.5);

        (await service.CallAsync("PUT", "/v1/rules/autumn", Boost)).ShouldRefuse(HttpStatusCode.PreconditionRequired, "If-Match: \"1\"");
        var edited = (await service.CallAsync("PUT", "/v1/rules/autumn", Boost.Replace("1.5", "2"), created.Version, "ben")).Should(HttpStatusCode.OK);
        (await service.CallAsync("PUT", "/v1/rules/autumn", Boost, created.Version)).ShouldRefuse(HttpStatusCode.Conflict, "you edited version 1", "Read it again");
        (await service.CallAsync("PUT", "/v1/rules/autumn", Boost.Replace("\"kind\"", "\"enabled\":false,\"kind\""), edited.Version)).Should(HttpStatusCode.OK);
        (await service.ControlAsync(0)).Snapshot!.Rules.ShouldBeNull("a disabled rule is kept for later");

        (await service.CallAsync("DELETE", "/v1/rules/autumn")).ShouldRefuse(HttpStatusCode.PreconditionRequired);
        (await service.CallAsync("DELETE", "/v1/rules/autumn", version: 3)).Should(HttpStatusCode.NoContent);
        (await service.CallAsync("GET", "/v1/rules/autumn")).ShouldRefuse(HttpStatusCode.NotFound);
        (await service.CallAsync("PUT", "/v1/rules/autumn", Boost, 3)).ShouldRefuse(HttpStatusCode.Conflict, "leave If-Match out");
        (await service.CallAsync("PUT", "/v1/rules/autumn", Boost, 0)).Should(HttpStatusCode.Created).Version.ShouldBe(5, "no version is given twice");

        var changes = (await service.GetAsync("/v1/rules/autumn/history"))["changes"]!.AsArray();
        changes.Select(change => ((string)change!["actor"]!, (string)change["action"]!)).ShouldBe([("anonymous", "create"), ("anonymous", "delete"), ("anonymous", "edit"), ("ben", "edit"), ("anna", "create")]);
        ((bool)(await service.GetAsync("/v1/experiments/audit/verify"))["intact"]!).ShouldBeTrue();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Rules_are_listed_and_survive_a_restart(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await store.ExperimentAsync();
        (await service.CallAsync("PUT", "/v1/rules/a", Boost.Replace("\"kind\"", "\"until\":\"2020-01-01T00:00:00Z\",\"kind\""))).Should(HttpStatusCode.Created);
        (await service.CallAsync("PUT", "/v1/rules/b", """{"kind":"pin","item_id":"i1","position":2,"priority":7,"from":"2999-01-01T00:00:00Z"}""")).Should(HttpStatusCode.Created);
        var another = await store.ExperimentAsync();
        var rules = (await another.GetAsync("/v1/rules"))["rules"]!.AsArray();
        rules.Select(rule => ((string)rule!["definition"]!["id"]!, (string)rule["state"]!)).ShouldBe([("b", "scheduled"), ("a", "over")]);
        (await another.ControlAsync(0)).Snapshot!.Rules!.Select(rule => rule.Id).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task Bad_rules_are_refused_with_every_fault()
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var service = await store.ExperimentAsync();
        (await service.CallAsync("PUT", "/v1/rules/x", """{"kind":"pin","conditions":[{"field":"colour","operator":"equals","values":["red"]}],"share":0.5}"""))
            .ShouldRefuse(HttpStatusCode.BadRequest, "'conditions'", "'position'", "'item_id'", "'share'");
        (await service.CallAsync("PUT", "/v1/rules/x", Boost.Replace("\"kind\"", "\"id\":\"y\",\"kind\""))).ShouldRefuse(HttpStatusCode.BadRequest, "as in the path");
        (await service.CallAsync("PUT", "/v1/rules/x", Boost.Replace("factor", "faktor"))).ShouldRefuse(HttpStatusCode.BadRequest, "faktor");
        (await service.CallAsync("PUT", "/v1/rules/X%20Y", Boost)).ShouldRefuse(HttpStatusCode.BadRequest, "'id'");
        (await service.ControlAsync(0)).Snapshot!.Rules.ShouldBeNull();
    }

    [Fact]
    public async Task While_a_file_of_experiments_is_followed_rules_and_weights_can_be_edited()
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        store.WriteDefinitions(ExperimentCalls.Definitions(0.5, 0.5));
        var service = await store.FollowingAsync();
        (await service.CallAsync("PUT", "/v1/rules/autumn", Boost)).Should(HttpStatusCode.Created);
        (await service.CallAsync("PUT", "/v1/ranking/weights/global", """{"ranker":1,"price":0.5}""")).Should(HttpStatusCode.OK);
        store.WriteDefinitions("""{"layers":[]}""");
        var snapshot = await service.SnapshotAsync(static snapshot => snapshot.Layers.All(static layer => layer.Experiments.Count == 0), "the file still decides about experiments");
        (snapshot.Rules!.Count, snapshot.Weights!.Count).ShouldBe((1, 1));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Weights_are_set_for_a_category_and_globally_and_inherited_again(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await store.ExperimentAsync();
        var plain = await service.CallAsync("GET", "/v1/ranking/weights/Home%20%26%20Garden");
        ((bool)plain.Json["inherited"]!, (double)plain.Json["definition"]!["ranker"]!, plain.Tag).ShouldBe((true, 1, null));
        (await service.CallAsync("PUT", "/v1/ranking/weights/global", """{"ranker":1,"popularity":0.5}""")).Should(HttpStatusCode.OK);
        ((double)(await service.GetAsync("/v1/ranking/weights/Home%20%26%20Garden"))["definition"]!["popularity"]!).ShouldBe(0.5);
        var own = (await service.CallAsync("PUT", "/v1/ranking/weights/Home%20%26%20Garden", """{"ranker":0.2,"freshness":0.8}""")).Should(HttpStatusCode.OK);
        (await service.CallAsync("PUT", "/v1/ranking/weights/Home%20%26%20Garden", """{"ranker":1}""")).ShouldRefuse(HttpStatusCode.PreconditionRequired);
        (await service.CallAsync("PUT", "/v1/ranking/weights/Home%20%26%20Garden", """{"ranker":1}""", 9)).ShouldRefuse(HttpStatusCode.Conflict, "Read it again");
        (await service.CallAsync("PUT", "/v1/ranking/weights/a/b", """{"ranker":1}""")).Should(HttpStatusCode.OK);
        (await service.ControlAsync(0)).Snapshot!.Weights!.Select(weights => (weights.Category, weights.Weights.Freshness)).ShouldBe([("Home & Garden", 0.8), ("a/b", 0), ("global", 0)]);
        (await service.GetAsync("/v1/ranking/weights"))["weights"]!.AsArray().Select(one => (string)one!["category"]!).ShouldBe(["global", "Home & Garden", "a/b"]);
        (await service.CallAsync("DELETE", "/v1/ranking/weights/Home%20%26%20Garden", version: own.Version)).Should(HttpStatusCode.NoContent);
        ((bool)(await service.GetAsync("/v1/ranking/weights/Home%20%26%20Garden"))["inherited"]!).ShouldBeTrue();
        (await service.CallAsync("PUT", "/v1/ranking/weights/global", """{"ranker":0}""", 1)).ShouldRefuse(HttpStatusCode.BadRequest, "nothing to rank by");
        (await service.CallAsync("PUT", "/v1/ranking/weights/global", """{"ranker":1e999}""", 1)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }
}
