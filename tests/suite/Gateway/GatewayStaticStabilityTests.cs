using System.Net;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Tests.Suite.Shop;
using Xunit;

namespace Splitrail.Tests.Suite.Gateway;

/// <summary>A gateway that starts while all others are away.</summary>
public sealed class GatewayStaticStabilityTests : IDisposable
{
    private const string Nobody = "http://127.0.0.1:9";

    private readonly string _folder = Directory.CreateTempSubdirectory("splitrail-test-").FullName;

    [Fact]
    public async Task What_was_kept_on_disk_is_served_at_level_3()
    {
        await using (var sidecar = await ScriptedSidecar.StartAsync())
        {
            ScriptedShop.Open(sidecar);
            await using var first = await (await StartAsync(sidecar.Address)).WarmAsync();
            await Eventually.ReachesAsync(() => Task.FromResult(File.Exists(Path.Combine(_folder, "popular.json"))), static there => there, "a list on disk");
        }

        await using var alone = await StartAsync(Nobody);
        var answer = await alone.RecommendAsync("""{"user_id":"u1"}""");

        answer.Level().ShouldBe(3);
        answer.ItemIds().Take(2).ShouldBe(["i3", "i1"]);
        answer.GetProperty("experiment_id").GetString().ShouldBe("order_treatment");
        (await alone.GetAsync("/health")).GetProperty("status").GetString().ShouldBe("degraded");
    }

    [Fact]
    public async Task Without_a_popular_list_a_sample_of_the_catalogue_is_served()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync();
        ScriptedShop.Open(sidecar);
        sidecar.TakeAway(AppIds.Candidate, InnerPaths.Popular);
        sidecar.TakeAway(AppIds.Candidate, InnerPaths.Candidates);
        await using var gateway = await StartAsync(sidecar.Address);

        var answer = await Eventually.ReachesAsync(
            () => gateway.RecommendAsync("""{"user_id":"u1","num_items":20}"""), static seen => seen.Level() == 3, "the catalogue is there");

        answer.ItemIds().ShouldBe(ScriptedShop.Items, ignoreOrder: true);
        answer.GetProperty("recommendations")[0].GetProperty("sources")[0].GetString().ShouldBe("sample");
    }

    [Fact]
    public async Task With_nothing_at_all_the_answer_is_empty_and_says_why()
    {
        await using var alone = await StartAsync(Nobody);

        // On a busy machine the very first call may run out of time before the connection is refused.
        var answer = await Eventually.ReachesAsync(
            () => alone.RecommendAsync("{}"), static seen => seen.Cause() == "candidates_sidecar_away", "the sidecar is found away");

        answer.Level().ShouldBe(4);
        answer.GetProperty("reason").GetString()!.ShouldContain("no catalogue");
    }

    [Fact]
    public async Task A_gateway_that_never_saw_a_snapshot_lives_but_is_not_ready()
    {
        await using var alone = await StartAsync(Nobody);

        (await alone.Http.GetStringAsync("/health/live")).ShouldBe("""{"status":"alive"}""");
        using var ready = await alone.Http.GetAsync("/health/ready");
        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync()).ShouldContain("[\"catalog_feed\",\"control_feed\",\"first_calls\"]");
    }

    [Fact]
    public async Task Across_its_own_restart_everybody_keeps_his_arm_also_when_the_newest_copy_is_corrupt()
    {
        string[] users = [.. Enumerable.Range(0, 60).Select(static i => $"user-{i}")];
        string?[] before;
        await using (var sidecar = await ScriptedSidecar.StartAsync())
        {
            ScriptedShop.Open(sidecar);
            ScriptedShop.SetSnapshot(sidecar, 6, Halves(1 << 19));
            await using var first = await (await StartAsync(sidecar.Address)).WarmAsync();
            before = await ArmsAsync(first, users);
            ScriptedShop.SetSnapshot(sidecar, 7, Halves(1 << 10));
            await Eventually.ReachesAsync(() => VersionAsync(first), static version => version == "7", "the edit");
        }

        before.Distinct().Count().ShouldBe(2);
        var newest = Path.Combine(_folder, "control.json");
        await File.WriteAllTextAsync(newest, (await File.ReadAllTextAsync(newest)).Replace("1024", "1025", StringComparison.Ordinal));
        await using var alone = await StartAsync(Nobody);

        (await VersionAsync(alone)).ShouldBe("6");
        (await ArmsAsync(alone, users)).ShouldBe(before);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_changes_nobody_and_stops_no_edit()
    {
        await using var sidecar = await ScriptedSidecar.StartAsync();
        ScriptedShop.Open(sidecar);
        var clock = new SettableClock();
        await using var gateway = await (await RunningGateway.StartAsync(sidecar.Address, clock, $"--Feeds:Directory={_folder}")).WarmAsync();

        clock.Ahead = TimeSpan.FromDays(-400);
        var answer = await gateway.RecommendAsync("""{"user_id":"u1"}""");
        (answer.Level(), answer.GetProperty("experiment_id").GetString()).ShouldBe((0, "order_treatment"));

        ScriptedShop.SetSnapshot(sidecar, 6, Halves(1 << 20));
        await Eventually.ReachesAsync(() => VersionAsync(gateway), static version => version == "6", "the edit");
        (await gateway.RecommendAsync("""{"user_id":"u1"}""")).GetProperty("experiment_id").GetString().ShouldBe("order_control");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Layer Halves(int control) => ScriptedShop.Experiment(null) with
    {
        SlotMap = control < 1 << 20 ? [new(0, control, "order", "control"), new(control, 1 << 20, "order", "treatment")] : [new(0, control, "order", "control")],
    };

    private static async Task<string?[]> ArmsAsync(RunningGateway gateway, string[] users)
    {
        var arms = new string?[users.Length];
        for (var i = 0; i < users.Length; i++)
            arms[i] = (await gateway.RecommendAsync($$"""{"user_id":"{{users[i]}}"}""")).GetProperty("experiment_id").GetString();
        return arms;
    }

    private static async Task<string> VersionAsync(RunningGateway gateway)
    {
        using var answer = await gateway.Http.GetAsync("/v1/feature-flags");
        return answer.Headers.GetValues("X-Snapshot-Version").Single();
    }

    private Task<RunningGateway> StartAsync(string sidecar) =>
        RunningGateway.StartAsync(sidecar, $"--Gateway:StateDirectory={_folder}", $"--Feeds:Directory={_folder}");
}
