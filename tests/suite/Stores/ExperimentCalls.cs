using System.Text.Json.Nodes;
using Splitrail.Contracts;
using Splitrail.Tests.Suite.Servers;

namespace Splitrail.Tests.Suite.Stores;

/// <summary>The API of experiment-svc as its callers use it, and the file its owner edits.</summary>
internal static class ExperimentCalls
{
    public static Task<ControlFeedResponse> ControlAsync(this RunningService service, long version) => service.PostAsync(
        InnerPaths.ControlFeed, new FeedRequest(version), ContractsJson.Default.FeedRequest, ContractsJson.Default.ControlFeedResponse);

    /// <summary>The same, kept as long as it may be: until something changes.</summary>
    public static Task<ControlFeedResponse> KeptAsync(this RunningService service, long version) => service.PostAsync(
        InnerPaths.ControlFeed, new FeedRequest(version, WaitMs: 60_000), ContractsJson.Default.FeedRequest, ContractsJson.Default.ControlFeedResponse);

    /// <summary>Waits for a snapshot of which the condition holds.</summary>
    public static async Task<ControlSnapshot> SnapshotAsync(this RunningService service, Func<ControlSnapshot, bool> condition, string what, TimeSpan? within = null)
    {
        ControlSnapshot? found = null;
        await Eventually.TrueAsync(async () => (found = (await service.ControlAsync(0)).Snapshot) is not null && condition(found), within ?? TimeSpan.FromSeconds(20), what);
        return found!;
    }

    public static Task<string> DeliverAsync(this RunningService service, params Exposure[] exposures) =>
        service.DeliverAsync("/events/exposures", new ExposureBatch(exposures), ContractsJson.Default.ExposureBatch);

    /// <summary>One layer with one running experiment of two arms.</summary>
    public static string Definitions(double control, double treatment, string state = "running") => new JsonObject
    {
        ["layers"] = new JsonArray(new JsonObject
        {
            ["id"] = "ranking",
            ["seed"] = "s",
            ["experiments"] = new JsonArray(new JsonObject
            {
                ["id"] = "order",
                ["hypothesis"] = "The order matters.",
                ["state"] = state,
                ["arms"] = new JsonArray(
                    new JsonObject { ["id"] = "a", ["control"] = true, ["share"] = control },
                    new JsonObject { ["id"] = "b", ["share"] = treatment, ["parameters"] = new JsonObject { ["mix"] = "explore" } }),
            }),
        }),
    }.ToJsonString();

    public static void WriteDefinitions(this TestStore store, string json)
    {
        File.WriteAllText(store.In("experiments.new"), json);
        File.Move(store.In("experiments.new"), store.In("experiments.json"), overwrite: true);
    }
}
