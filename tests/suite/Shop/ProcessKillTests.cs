using System.Net;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Local;
using Xunit;

namespace Splitrail.Tests.Suite.Shop;

/// <summary>As <c>./run --processes</c>: each service and sidecar its own process, killed without warning.</summary>
public sealed class ProcessKillTests : IAsyncLifetime
{
    private ProcessSuite _suite = null!;
    private ShopClient _client = null!;

    public async Task InitializeAsync()
    {
        _suite = new ProcessSuite(await TrainedShop.CopyAsync(), static _ => { });
        await _suite.StartAsync();
        using var http = new HttpClient();
        await SuiteReadiness.WaitAsync(_suite.Layout, http, TimeSpan.FromMinutes(2), static _ => { });
        _client = new ShopClient(_suite.Layout.Gateway);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _suite.DisposeAsync();
    }

    [Theory]
    [InlineData(AppIds.Ranking, 1)]
    [InlineData(AppIds.Candidate, 3)]
    public async Task A_service_killed_with_minus_9_costs_quality_until_it_is_back(string appId, int level)
    {
        await Eventually.ReachesAsync(HighestLevelAsync, static seen => seen == 0, "full answers at first");

        _suite[appId].Kill(hold: true);
        await Eventually.ReachesAsync(HighestLevelAsync, seen => seen == level, $"fallback level {level} without {appId}");
        _suite[appId].Release();
        await Eventually.ReachesAsync(HighestLevelAsync, static seen => seen == 0, $"full answers again with {appId}", TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task An_accepted_event_survives_a_kill_of_its_subscriber_and_its_sidecars()
    {
        var user = (await _client.UsersAsync(1))[0];
        var item = (await _client.RecommendAsync(new { user_id = user, num_items = 1 })).Items[0];
        _suite[AppIds.Feature].Kill(hold: true);
        _suite[$"{AppIds.Feature}/sidecar"].Kill(hold: true);

        (await _client.PostAsync("/v1/events", new { event_id = "kept-through-a-kill", type = "purchase", user_id = user, item_id = item }))
            .ShouldBe(HttpStatusCode.Accepted);
        _suite[$"{AppIds.Gateway}/sidecar"].Kill();
        _suite[$"{AppIds.Feature}/sidecar"].Release();
        _suite[AppIds.Feature].Release();

        await Eventually.ReachesAsync(
            () => _client.RecommendAsync(new { user_id = user, num_items = 100 }),
            answer => answer.Level == 0 && !answer.Items.Contains(item),
            "the purchase made while feature-svc was dead is known",
            TimeSpan.FromMinutes(1));
    }

    private async Task<int> HighestLevelAsync()
    {
        var highest = 0;
        foreach (var user in Enumerable.Range(0, 12).Select(static i => $"kill-test-{i}"))
        {
            var answer = await _client.RecommendAsync(new { user_id = user, num_items = 10 });
            answer.Status.ShouldBe(HttpStatusCode.OK);
            highest = Math.Max(highest, answer.Level);
        }

        return highest;
    }


}
