using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Splitrail.Tests.Suite.Servers;
using Xunit;
using static Splitrail.Tests.Suite.Stores.ControlApi;

namespace Splitrail.Tests.Suite.Stores;

[Collection(PostgresTests.Name)]
public sealed class MutatedBodyTests(PostgresServer postgres)
{
    private static readonly string[] s_values =
        ["null", "true", "-1", "0", "1", "1e999", "-0.5", "99999999999999999999", "\"\"", "\"x\"", "\"\\u0000\"", "\"\\ud800\"", "[]", "{}", "[null]", "[[]]", "{\"x\":1}", "\"2026-13-01\"", "\"NaN\""];

    /// <summary>Whatever is sent, the answer is 2xx or a problem document of the sender's, and the chain holds.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task No_body_makes_the_api_fail(int seed)
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var service = await store.ExperimentAsync();
        await service.LayerAsync("ranking");
        var version = await service.StartedAsync(Whole("x", 0.5));
        (string Method, string Path, string Body)[] calls =
        [
            ("POST", "/v1/experiments", Whole("y", 0.1).ToJsonString()),
            ("POST", "/v1/experiments/validate", Whole("y", 0.1).ToJsonString()),
            ("POST", "/v1/experiments/x/preview", Whole("x", 0.4).ToJsonString()),
            ("PUT", "/v1/experiments/x", Whole("x", 0.3).ToJsonString()),
            ("POST", "/v1/experiments/x/promote", """{"arm":"b","traffic":0.5,"reason":{"kind":"testing","note":"n"}}"""),
            ("POST", "/v1/experiments/import", $$"""{"flags":{"search":true},"holdout":{"share":0.1},"layers":[{"id":"imported","seed":"s","holdout":0.1,"experiments":[{{Filed()}}]}]}"""),
            ("POST", "/v1/layers", """{"id":"l","seed":"s","hash":"fast","unit":"any","holdout":0.1}"""),
            ("PUT", "/v1/holdout", """{"share":0.1,"seed":"s","hash":"fast"}"""),
            ("PUT", "/v1/flags", """{"flags":{"search":true}}"""),
            ("PUT", "/v1/rules/r", """{"kind":"boost","factor":2,"priority":1,"conditions":[{"field":"price","operator":"lt","values":["5"]}],"from":"2026-01-01T00:00:00Z","audience":[{"attribute":"device","operator":"equals","values":["phone"]}]}"""),
            ("PUT", "/v1/rules/p", """{"kind":"pin","item_id":"i1","position":1,"description":"d","enabled":true}"""),
            ("PUT", "/v1/ranking/weights/global", """{"ranker":1,"popularity":0.5}"""),
        ];
        var random = new Random(seed);
        for (var i = 0; i < 600; i++)
        {
            var (method, path, body) = calls[random.Next(calls.Length)];
            var mutated = Mutated(body, random);
            var answer = await service.CallAsync(method, path, mutated, version);
            ((int)answer.Status).ShouldBeLessThan(500, $"{method} {path} {mutated}: {answer.Text}");
            if ((int)answer.Status >= 400)
                answer.MediaType.ShouldBe("application/problem+json", mutated);
            version = (await service.CallAsync("GET", "/v1/experiments/x")).Should(HttpStatusCode.OK).Version;
        }

        var verdict = await service.GetAsync("/v1/experiments/audit/verify");
        ((bool)verdict["intact"]!).ShouldBeTrue((string?)verdict["fault"]);
    }

    private static JsonObject Whole(string id, double traffic)
    {
        var whole = Experiment(id, traffic: traffic);
        foreach (var (name, value) in new[]
        {
            ("metrics", """[{"name":"conversion","role":"goal","baseline":0.05,"minimum_effect":0.1}]"""),
            ("horizon", """{"days":14,"units":1000}"""),
            ("schedule", """{"start":"2026-01-01T00:00:00Z","end":"2999-01-01T00:00:00Z"}"""),
            ("audience", """[{"attribute":"device","operator":"in","values":["mobile","tv"]}]"""),
            ("overrides", """[{"unit":"u","arm":"b","reason":{"kind":"testing","note":"n"}}]"""),
            ("ramp", """[{"traffic":0.01,"hold_hours":1},{"traffic":0.05,"hold_hours":1}]"""),
        })
            whole[name] = JsonNode.Parse(value);
        return whole;
    }

    private static string Filed()
    {
        var filed = Whole("z", 0.1);
        filed.Remove("layer");
        filed["state"] = "running";
        return filed.ToJsonString();
    }

    /// <summary>One value anywhere in it replaced, taken out or doubled; now and then a byte.</summary>
    private static string Mutated(string body, Random random)
    {
        if (random.Next(10) == 0)
            return body.Remove(random.Next(body.Length), 1);
        var root = JsonNode.Parse(body)!;
        List<JsonNode> nodes = [];
        Collect(root, nodes);
        var chosen = nodes[random.Next(nodes.Count)];
        if (chosen.Parent is not { } parent)
            return s_values[random.Next(s_values.Length)];
        // JsonNode cannot hold all of these values, so they are put in as text.
        const string Mark = "@@@";
        chosen.ReplaceWith(JsonValue.Create(Mark));
        if (random.Next(5) == 0 && parent is JsonArray list)
            list.Add(JsonNode.Parse(chosen.ToJsonString()));
        return root.ToJsonString().Replace($"\"{Mark}\"", s_values[random.Next(s_values.Length)], StringComparison.Ordinal);
    }

    private static void Collect(JsonNode? node, List<JsonNode> into)
    {
        if (node is null)
            return;
        into.Add(node);
        foreach (var child in node switch { JsonObject members => members.Select(member => member.Value), JsonArray elements => elements, _ => [] })
            Collect(child, into);
    }
}
