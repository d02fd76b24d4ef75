using System.Collections.Concurrent;
using System.Net;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Local;
using Xunit;

namespace Splitrail.Tests.Suite.Shop;

/// <summary>A failing part costs quality, never an error page.</summary>
public sealed class FallbackTests : IAsyncLifetime
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private InProcessSuite _suite = null!;
    private ShopClient _client = null!;

    public async Task InitializeAsync()
    {
        _suite = new InProcessSuite(await TrainedShop.CopyAsync());
        await _suite.StartAsync();
        using var http = new HttpClient();
        await SuiteReadiness.WaitAsync(_suite.Layout, http, TimeSpan.FromMinutes(1), static _ => { });
        _client = new ShopClient(_suite.Layout.Gateway);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _suite.DisposeAsync();
    }

    [Theory]
    [InlineData(AppIds.Ranking, 1)]
    [InlineData(AppIds.Feature, 2)]
    [InlineData(AppIds.Candidate, 3)]
    [InlineData(AppIds.Experiment, 0)]
    public async Task Stopping_one_service_under_load_costs_quality_and_never_an_error(string appId, int level)
    {
        var users = await _client.UsersAsync(50);
        // An arm without ranker would hide that the ranker is away; 50 users are in both arms.
        using var stop = new CancellationTokenSource();
        var answers = new ConcurrentBag<Answer>();
        var load = Enumerable.Range(0, 2).Select(worker => LoadAsync(users, worker, answers, stop.Token)).ToArray();

        await Eventually.ReachesAsync(() => LevelsAsync(users), static levels => levels.All(static one => one == 0), "full answers at first");
        await _suite.StopServiceAsync(appId);
        await Eventually.ReachesAsync(() => LevelsAsync(users), levels => levels.Max() == level, $"fallback level {level} without {appId}");
        await _suite.StartServiceAsync(appId);
        await Eventually.ReachesAsync(() => LevelsAsync(users), static levels => levels.All(static one => one == 0), $"full answers again with {appId}");

        await Eventually.ReachesAsync(() => Task.FromResult(answers.Count), static count => count > 50, "more than 50 answers under load");
        await stop.CancelAsync();
        await Task.WhenAll(load);
        answers.ShouldAllBe(static answer => answer.Status == HttpStatusCode.OK);
        answers.ShouldAllBe(static answer => answer.Items.Count > 0);
        // Only the levels reached at rest are checked above: a machine that is busy elsewhere lets a stage miss its time now and then, and that too is answered.
    }

    private async Task<IReadOnlyList<int>> LevelsAsync(IReadOnlyList<string> users)
    {
        var levels = new List<int>();
        foreach (var user in users.Take(12))
            levels.Add((await _client.RecommendAsync(new { user_id = user, num_items = 10 })).Level);
        return levels;
    }

    private async Task LoadAsync(IReadOnlyList<string> users, int worker, ConcurrentBag<Answer> seen, CancellationToken stop)
    {
        for (var i = worker; !stop.IsCancellationRequested; i++)
        {
            seen.Add(await _client.RecommendAsync(new { user_id = users[i % users.Count], num_items = 10 }));
            await Task.Delay(Pause, CancellationToken.None);
        }
    }
}
