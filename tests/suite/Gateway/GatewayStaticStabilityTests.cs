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

        var answer = await alone.RecommendAsync("{}");

        (answer.Level(), answer.Cause()).ShouldBe((4, "candidates_sidecar_away"));
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

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<RunningGateway> StartAsync(string sidecar) =>
        RunningGateway.StartAsync(sidecar, $"--Gateway:StateDirectory={_folder}", $"--Feeds:Directory={_folder}");
}
