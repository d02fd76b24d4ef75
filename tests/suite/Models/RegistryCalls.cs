using System.Net;
using System.Text.Json.Nodes;
using Splitrail.Tests.Suite.Servers;
using Splitrail.Tests.Suite.Stores;

namespace Splitrail.Tests.Suite.Models;

/// <summary>The registry's API as its callers use it.</summary>
internal static class RegistryCalls
{
    /// <summary>No ranking-svc is there to open a model: whoever activates says why he does it all the same.</summary>
    public const string Overriding = """{"override":{"kind":"testing","note":"no ranking-svc here"}}""";

    public static async Task<RunningService> RegistryAsync(this TestStore store, params string[] arguments)
    {
        Directory.CreateDirectory(store.In("models"));
        return await store.ExperimentAsync([$"--ExperimentSvc:ModelsDirectory={store.In("models")}", .. arguments]);
    }

    public static async Task<ControlAnswer> ActivateAsync(this RunningService service, string version, string body = Overriding) =>
        (await service.CallAsync("POST", $"/v1/models/{version}/activate", body, actor: "anna")).Should(HttpStatusCode.OK);

    public static async Task PublishedAsync(this RunningService service, string version) =>
        await Eventually.TrueAsync(async () => (await service.CallAsync("GET", $"/v1/models/{version}/history")).Status == HttpStatusCode.OK, $"version {version} is registered");

    public static async Task<JsonNode> ModelsAsync(this RunningService service) => (await service.CallAsync("GET", "/v1/models")).Should(HttpStatusCode.OK).Json;

    public static async Task<string?> StageAsync(this RunningService service, string version, string type) =>
        (string?)(await service.ModelsAsync())["models"]!.AsArray().Single(model => (string)model!["version"]! == version)!["stages"]![type];
}
