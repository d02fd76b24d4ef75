using System.Net;
using System.Text.Json.Nodes;
using Splitrail.ExperimentSvc.Decisions;
using Splitrail.Tests.Suite.Servers;

namespace Splitrail.Tests.Suite.Stores;

/// <summary>Decisions as an owner asks for them.</summary>
internal static class DecisionCalls
{
    public static string[] Fast => ["--ExperimentSvc:EvaluationInterval=00:00:00.050", "--ExperimentSvc:EvaluationLease=00:00:00.600"];

    /// <summary>Two arms, judged by the users who convert.</summary>
    public static JsonObject Judged(string id, string mode, string layer = "ranking", double traffic = 1)
    {
        var experiment = ControlApi.Experiment(id, layer, traffic: traffic);
        experiment["metrics"] = new JsonArray(new JsonObject { ["name"] = "user_conversion", ["role"] = "goal", ["minimum_effect"] = 0.1 });
        experiment["decisions"] = new JsonObject { ["mode"] = mode, ["looks"] = 2, ["floor_users_per_arm"] = 1000, ["floor_days"] = 7 };
        experiment["horizon"] = new JsonObject { ["units"] = 20_000 };
        return experiment;
    }

    public static async Task<JsonNode[]> DecisionsAsync(this RunningService service, string id) =>
        [.. (await service.CallAsync("GET", $"/v1/experiments/{id}/decisions")).Should(HttpStatusCode.OK).Json["decisions"]!.AsArray().Select(static one => one!)];

    /// <summary>Waits until an experiment has a decision in this state; returns the newest.</summary>
    public static async Task<JsonNode> DecidedAsync(this RunningService service, string id, string state)
    {
        JsonNode[] found = [];
        await Eventually.TrueAsync(async () => (found = await service.DecisionsAsync(id)).Length > 0 && (string)found[0]["state"]! == state, $"experiment {id} has a decision that is {state}");
        return found[0];
    }

    /// <summary>Rounds of evaluation that this replica has ended.</summary>
    public static async Task<long> RoundsAsync(this RunningService service) => (await service.Http.GetStringAsync("/metrics")).Split('\n')
        .Where(static line => line.StartsWith("splitrail_experiment_evaluation_duration_seconds_count", StringComparison.Ordinal)).Sum(static line => long.Parse(line.Split(' ')[^1]));

    public static Task<(int Code, string Said)> VerifyDecisionsAsync(this TestStore store) =>
        store.Postgres is { } postgres ? VerifyAsync("--connection-string", postgres) : VerifyAsync("--database", store.In("store.db"));

    public static async Task<(int Code, string Said)> VerifyAsync(params string[] args)
    {
        using var said = new StringWriter();
        var code = await DecisionLog.Verify.RunAsync(args, said, said);
        return (code, said.ToString().TrimEnd());
    }
}
