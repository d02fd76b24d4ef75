using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Local;
using Xunit;

namespace Splitrail.Tests.Suite.Shop;

/// <summary>Two of every service but the control plane: they share the load, a message reaches one of them, and both feeds reach all.</summary>
public sealed class ReplicaTests : IAsyncLifetime
{
    private static readonly string[] s_gateways = [AppIds.Gateway, AppIds.Gateway + "-2"];
    private static readonly string[] s_candidates = [AppIds.Candidate, AppIds.Candidate + "-2"];
    private static readonly string[] s_features = [AppIds.Feature, AppIds.Feature + "-2"];
    private readonly HttpClient _http = new();
    private readonly Dictionary<string, ShopClient> _clients = [];
    private InProcessSuite _suite = null!;

    public async Task InitializeAsync()
    {
        var options = await TrainedShop.CopyAsync() with
        {
            Replicas = new Dictionary<string, int> { [AppIds.Gateway] = 2, [AppIds.Candidate] = 2, [AppIds.Feature] = 2 },
            ExtraArguments = new Dictionary<string, IReadOnlyList<string>> { [AppIds.Gateway] = ["--Gateway:ResponseCacheTtl=00:00:00"] },
        };
        _suite = new InProcessSuite(options);
        await _suite.StartAsync();
        await SuiteReadiness.WaitAsync(_suite.Layout, _http, TimeSpan.FromMinutes(1), static _ => { });
        foreach (var gateway in s_gateways)
            _clients[gateway] = new ShopClient(_suite.Layout[gateway].Address);
    }

    public async Task DisposeAsync()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
        _http.Dispose();
        await _suite.DisposeAsync();
    }

    [Fact]
    public async Task Replicas_share_the_load_of_both_gateways()
    {
        var before = await CallsAsync();
        for (var i = 0; i < 80; i++)
            (await _clients[s_gateways[i % 2]].RecommendAsync(new { user_id = $"replica-{i}", num_items = 10 })).Status.ShouldBe(HttpStatusCode.OK);
        var after = await CallsAsync();
        // daprd draws the replica at random: of 80 calls one gets fewer than 20 once in a million runs.
        foreach (var candidate in s_candidates)
            (after[candidate] - before[candidate]).ShouldBeGreaterThan(20, candidate);
    }

    [Fact]
    public async Task A_message_reaches_one_replica_of_its_subscriber()
    {
        const int Events = 120;
        for (var i = 0; i < Events; i++)
        {
            (await _clients[s_gateways[i % 2]].PostAsync("/v1/events", new { event_id = $"one-of-{i}", type = "view", user_id = $"replica-{i}", item_id = "x" }))
                .ShouldBe(HttpStatusCode.Accepted);
        }

        var taken = await Eventually.ReachesAsync(MessagesAsync, static counts => counts.Sum() >= Events, "all are taken in");
        taken.Sum().ShouldBe(Events);
        (await StoredAsync()).ShouldBe(Events, "and each is stored once");
    }

    [Fact]
    public async Task Both_feeds_reach_every_replica()
    {
        var shown = (await _clients[AppIds.Gateway].RecommendAsync(new { user_id = "nobody", num_items = 1 })).Items[0];
        using (var hidden = await _http.PostAsJsonAsync(
            new Uri(_suite.Layout[AppIds.Feature].Address, InnerPaths.CatalogUpsert), new { items = new[] { new { item_id = shown, title = "gone", category = "c", hidden = true } } }))
            hidden.StatusCode.ShouldBe(HttpStatusCode.OK);
        var before = await FeedsAsync("control_feed");
        await SwitchRankingOffAsync();

        await Eventually.ReachesAsync(() => FeedsAsync("catalog_feed"), static seen => seen.Distinct().Count() == 1, "all hold the same catalogue");
        await Eventually.ReachesAsync(
            () => FeedsAsync("control_feed"), seen => seen.Distinct().Count() == 1 && !before.Contains(seen[0]), "all hold the same new snapshot");
        foreach (var gateway in s_gateways)
        {
            await Eventually.ReachesAsync(
                () => _clients[gateway].RecommendAsync(new { user_id = "nobody", num_items = 100 }), answer => !answer.Items.Contains(shown), $"{gateway} leaves the hidden item out");
        }
    }

    private async Task SwitchRankingOffAsync()
    {
        var flags = new Uri(_suite.Layout.Gateway, "/v1/flags");
        using var now = await _http.GetAsync(flags);
        using var edit = new HttpRequestMessage(HttpMethod.Put, flags) { Content = JsonContent.Create(new { flags = new { ranking = false } }) };
        edit.Headers.IfMatch.Add(now.Headers.ETag!);
        using var saved = await _http.SendAsync(edit);
        saved.StatusCode.ShouldBe(HttpStatusCode.OK, await saved.Content.ReadAsStringAsync());
    }

    /// <summary>What the gateways, the candidate services and the ranker say of a feed they hold.</summary>
    private async Task<string[]> FeedsAsync(string feed) => await Task.WhenAll(s_gateways.Concat(s_candidates).Append(AppIds.Ranking).Select(async name =>
    {
        var health = await _http.GetFromJsonAsync<JsonElement>(new Uri(_suite.Layout[name].Address, "/health"));
        return health.GetProperty("checks").GetProperty(feed).GetProperty("detail").GetString()!;
    }));

    private async Task<Dictionary<string, int>> CallsAsync()
    {
        Dictionary<string, int> calls = [];
        foreach (var candidate in s_candidates)
            calls[candidate] = await SumAsync(candidate, $"http_server_request_duration_seconds_count{{[^}}]*http_route=\"{InnerPaths.Candidates}\"[^}}]*}}");
        return calls;
    }

    private async Task<int[]> MessagesAsync() =>
        await Task.WhenAll(s_features.Select(feature => SumAsync(feature, "splitrail_dapr_subscription_messages_total{[^}]*}")));

    private async Task<int> StoredAsync() =>
        (await Task.WhenAll(s_features.Select(feature => SumAsync(feature, "splitrail_feature_events_total{[^}]*outcome=\"stored\"[^}]*}")))).Sum();

    private async Task<int> SumAsync(string name, string series)
    {
        var text = await _http.GetStringAsync(new Uri(_suite.Layout[name].Address, "/metrics"));
        return Regex.Matches(text, $"^{series} (\\d+)", RegexOptions.Multiline).Sum(static match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
    }
}
