using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Experiments;
using Splitrail.Tests.Suite.Servers;
using Splitrail.Tests.Suite.Stores;
using Xunit;
using static Splitrail.Tests.Suite.Stores.ControlApi;

namespace Splitrail.Tests.Suite.Gateway;

/// <summary>
/// A split, and what its arms do, edited over and over while two gateways serve: every answer's arm and order of items are those of the one snapshot
/// version it names, and so are the exposures.
/// </summary>
[Collection(PostgresTests.Name)]
public sealed class LiveEditTests(PostgresServer postgres) : IAsyncLifetime
{
    private const int Workers = 4;
    private const string Name = "order";
    private readonly ConcurrentDictionary<long, ControlSnapshot> _snapshots = new();
    private readonly ConcurrentBag<Served> _served = [];
    private TestStore _store = null!;
    private RunningService _control = null!;
    private ScriptedSidecar _sidecar = null!;
    private RunningGateway[] _gateways = [];

    [Fact]
    public Task A_hundred_edits_under_load_mix_no_versions() => EditWhileServingAsync(100);

    [Fact, Trait("Category", "Long")]
    public Task A_thousand_edits_under_load_mix_no_versions() => EditWhileServingAsync(1_000);

    public async Task InitializeAsync()
    {
        _store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        _control = await _store.ExperimentAsync();
        await _control.LayerAsync("ranking");
        await _control.StartedAsync(Split(0));
        _sidecar = await ScriptedSidecar.StartAsync();
        ScriptedShop.Open(_sidecar);
        _sidecar.On($"/v1.0/invoke/{AppIds.Experiment}/method{InnerPaths.ControlFeed}", ForwardAsync);
        _gateways = await Task.WhenAll(RunningGateway.StartAsync(_sidecar.Address), RunningGateway.StartAsync(_sidecar.Address));
        await RememberAsync();
        foreach (var gateway in _gateways)
            await gateway.WarmAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var gateway in _gateways)
            await gateway.DisposeAsync();
        await _sidecar.DisposeAsync();
        await _store.DisposeAsync();
    }

    private async Task EditWhileServingAsync(int edits)
    {
        using var edited = new CancellationTokenSource();
        var load = Enumerable.Range(0, Workers).Select(worker => Task.Run(() => LoadAsync(worker, edited.Token))).ToArray();
        var version = (await _control.CallAsync("GET", $"/v1/experiments/{Name}")).Version;
        for (var edit = 1; edit <= edits; edit++)
        {
            version = (await _control.CallAsync("PUT", $"/v1/experiments/{Name}", Split(edit).ToJsonString(), version)).Should(HttpStatusCode.OK).Version;
            await RememberAsync();
        }

        await edited.CancelAsync();
        await Task.WhenAll(load);

        var assigners = _snapshots.ToDictionary(static one => one.Key, static one => new Assigner(one.Value));
        _served.Count.ShouldBeGreaterThan(edits / 2);
        _served.Select(static one => one.Version).Distinct().Count().ShouldBeGreaterThan(edits / 20, "the load met many versions");
        foreach (var served in _served)
        {
            served.Status.ShouldBe(HttpStatusCode.OK);
            var arm = ArmOf(assigners[served.Version], served.User);
            served.Arm.ShouldBe(arm.Arm, $"{served.User} in version {served.Version}");
            // On a busy machine a stage may run out of time; a fallback keeps the arm, but not its order.
            if (served.Level == 0)
                served.FirstItem.ShouldBe(arm.Parameters.Ranker == "none" ? "i1" : "i8", $"{served.User} in version {served.Version}, arm {arm.Arm}");
        }

        _served.Count(static one => one.Level == 0).ShouldBeGreaterThan(_served.Count / 2);

        foreach (var exposure in Exposures().Where(static one => one.Experiment == Name))
        {
            var arm = ArmOf(assigners[exposure.SnapshotVersion], exposure.Unit);
            (exposure.Arm, exposure.Epoch, exposure.Probability).ShouldBe((arm.Arm, arm.Epoch, arm.Probability));
        }
    }

    private async Task LoadAsync(int worker, CancellationToken cancellationToken)
    {
        var gateway = _gateways[worker % _gateways.Length];
        for (var i = 0; !cancellationToken.IsCancellationRequested; i++)
        {
            var user = $"user-{worker}-{i % 500}";
            using var content = new StringContent($$"""{"user_id":"{{user}}"}""", Encoding.UTF8, "application/json");
            using var answer = await gateway.Http.PostAsync("/v1/recommendations", content, CancellationToken.None);
            var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(CancellationToken.None))!;
            _served.Add(new Served(
                user,
                answer.StatusCode,
                long.Parse(answer.Headers.GetValues("X-Snapshot-Version").Single(), System.Globalization.CultureInfo.InvariantCulture),
                (string?)body["experiments"]?.AsArray().SingleOrDefault(static one => (string?)one!["id"] == Name)?["arm"],
                (int)body["fallback_level"]!,
                (string?)body["recommendations"]?[0]?["item_id"]));
        }
    }

    /// <summary>Another split with every edit, and with every other one the arms change what they do.</summary>
    private static JsonObject Split(int edit)
    {
        var control = ((edit * 37) % 90) + 5;
        var split = Experiment(Name, control: control / 100.0, treatment: (100 - control) / 100.0);
        split["arms"]![edit % 2]!["parameters"] = new JsonObject { ["ranker"] = "none" };
        return split;
    }

    /// <summary>This test is the only editor, so what is served after an edit is what the edit made.</summary>
    private async Task RememberAsync()
    {
        var snapshot = (await _control.ControlAsync(0)).Snapshot!;
        _snapshots[snapshot.Version] = snapshot;
    }

    private async Task ForwardAsync(Microsoft.AspNetCore.Http.HttpContext context, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _control.Http.PostAsync(InnerPaths.ControlFeed, content, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = "application/json";
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private List<Exposure> Exposures() =>
        [.. _sidecar.BodiesOf($"/{Topics.Exposures}").SelectMany(static body => body.Deserialize(ContractsJson.Default.ExposureBatch)!.Exposures)];

    private static AssignedArm ArmOf(Assigner assigner, string user)
    {
        var owners = new ushort[assigner.Layers];
        assigner.Assign(new Subject(user, null), default, owners);
        return owners.Select((owner, layer) => assigner.ArmOf(layer, owner)).Single(static arm => arm?.Experiment == Name)!;
    }

    private sealed record Served(string User, HttpStatusCode Status, long Version, string? Arm, int Level, string? FirstItem);
}
