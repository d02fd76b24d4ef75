using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Local;
using Xunit;

namespace Splitrail.Tests.Suite.Shop;

/// <summary>From an arm going bad to the last request it gets: shoppers at two gateways, their events, the sums, the decision and its way back.</summary>
public sealed class HarmfulArmTests
{
    private const int Shoppers = 4;

    private static readonly string[] s_evaluating = ["--ExperimentSvc:EvaluationInterval=00:00:00.500", "--ExperimentSvc:EvaluationLease=00:00:10", "--ExperimentSvc:Ingestion:Heartbeat=00:00:00.500"];

    [Fact]
    public async Task An_arm_whose_conversions_stop_is_off_all_gateways_within_two_seconds_of_the_decision()
    {
        await using var suite = new InProcessSuite(await TrainedShop.CopyAsync() with
        {
            Replicas = new Dictionary<string, int> { [AppIds.Gateway] = 2 },
            ExtraArguments = new Dictionary<string, IReadOnlyList<string>> { [AppIds.Gateway] = TrainedShop.Patient, [AppIds.Experiment] = s_evaluating },
        });
        await suite.StartAsync();
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(60) };
        await SuiteReadiness.WaitAsync(suite.Layout, http, TimeSpan.FromMinutes(1), static _ => { });
        Uri[] gateways = [.. suite.Layout.Apps.Where(static app => app.AppId == AppIds.Gateway).Select(static app => app.Address)];
        await StartExperimentAsync(http, gateways);

        var shop = new Shop(http, gateways);
        await shop.ServeAsync(120, converting: static _ => true);
        (await DecisionsAsync(http, gateways[0])).ShouldBeEmpty("both arms convert");

        using var decided = new CancellationTokenSource();
        var serving = shop.ServeAsync(int.MaxValue, converting: static arm => arm == "a", decided.Token);
        var decision = await Eventually.ReachesAsync(
            async () => (await DecisionsAsync(http, gateways[0])).FirstOrDefault(), static one => one.ValueKind == JsonValueKind.Object && one.GetProperty("state").GetString() == "applied", "the harm is decided");
        // The split is asked of shoppers who come after it too, or nobody would be there to get the bad arm.
        var at = decision.GetProperty("at").GetDateTimeOffset();
        await Eventually.ReachesAsync(() => Task.FromResult(TimeProvider.System.GetUtcNow()), now => now >= at.AddSeconds(4), "shoppers come after the decision");
        await decided.CancelAsync();
        await serving;

        (decision.GetProperty("kind").GetString(), decision.GetProperty("arm").GetString()).ShouldBe(("roll_back", "b"));
        var late = shop.Served.Where(one => one.At > at).ToArray();
        late.Select(static one => one.Gateway).Distinct().Count().ShouldBe(2);
        var last = late.Where(static one => one.Arm == "b").Select(one => one.At - at).DefaultIfEmpty().Max();
        last.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(2));
        await Eventually.ReachesAsync(
            async () => (await http.GetFromJsonAsync<JsonElement>(new Uri(gateways[0], "/v1/experiments/harm/quality"))).TryGetProperty("complete_until", out var until) && until.ValueKind == JsonValueKind.String,
            static known => known, "the broker says up to when everything was delivered");
    }

    private static async Task StartExperimentAsync(HttpClient http, Uri[] gateways)
    {
        await PostAsync(http, new Uri(gateways[0], "/v1/layers"), """{"id":"harm","seed":"harm-1"}""", HttpStatusCode.Created);
        await PostAsync(
            http, new Uri(gateways[0], "/v1/experiments"),
            """
            {"id":"harm","layer":"harm","hypothesis":"Nobody buys any more.","arms":[{"id":"a","control":true,"share":0.5},{"id":"b","share":0.5}],
             "metrics":[{"name":"user_conversion","role":"goal"}],"decisions":{"mode":"act"}}
            """, HttpStatusCode.Created);
        await PostAsync(http, new Uri(gateways[0], "/v1/experiments/harm/start"), "{}", HttpStatusCode.OK);
        foreach (var gateway in gateways)
            await Eventually.ReachesAsync(async () => (await Shop.RecommendAsync(http, gateway, "first")).Arm, static arm => arm is not null, "the gateway serves the experiment");
    }

    private static async Task<JsonElement[]> DecisionsAsync(HttpClient http, Uri gateway) =>
        [.. (await http.GetFromJsonAsync<JsonElement>(new Uri(gateway, "/v1/experiments/harm/decisions"))).GetProperty("decisions").EnumerateArray()];

    private static async Task PostAsync(HttpClient http, Uri address, string body, HttpStatusCode expected)
    {
        using var answer = await http.PostAsync(address, new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        answer.StatusCode.ShouldBe(expected, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Shoppers who each ask once, look, click, and buy when their arm lets them.</summary>
    private sealed class Shop(HttpClient http, Uri[] gateways)
    {
        private int _next;

        public ConcurrentQueue<(DateTimeOffset At, Uri Gateway, string? Arm)> Served { get; } = [];

        public Task ServeAsync(int count, Func<string?, bool> converting, CancellationToken cancellationToken = default)
        {
            var left = count;
            return Task.WhenAll(Enumerable.Range(0, Shoppers).Select(async _ =>
            {
                while (!cancellationToken.IsCancellationRequested && Interlocked.Decrement(ref left) >= 0)
                    await ShopAsync(Interlocked.Increment(ref _next), converting);
            }));
        }

        public static async Task<(string? Arm, string? Item, string Request)> RecommendAsync(HttpClient http, Uri gateway, string user)
        {
            using var response = await http.PostAsJsonAsync(new Uri(gateway, "/v1/recommendations"), new { user_id = user, num_items = 1 });
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
            var arm = answer.GetProperty("experiments").EnumerateArray().Where(static one => one.GetProperty("id").GetString() == "harm").Select(static one => one.GetProperty("arm").GetString()).SingleOrDefault();
            var item = answer.GetProperty("recommendations").EnumerateArray().Select(static one => one.GetProperty("item_id").GetString()).FirstOrDefault();
            return (arm, item, answer.GetProperty("request_id").GetString()!);
        }

        private async Task ShopAsync(int number, Func<string?, bool> converting)
        {
            var (gateway, user) = (gateways[number % gateways.Length], $"shopper-{number}");
            var (arm, item, request) = await RecommendAsync(http, gateway, user);
            Served.Enqueue((TimeProvider.System.GetUtcNow(), gateway, arm));
            var types = converting(arm) ? new[] { "impression", "click", "purchase" } : ["impression", "click"];
            var events = types.Select(type => new { type, user_id = user, item_id = item, request_id = request });
            using var answer = await http.PostAsJsonAsync(new Uri(gateway, "/v1/events"), events);
            answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        }
    }
}
