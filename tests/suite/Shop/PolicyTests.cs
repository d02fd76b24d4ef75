using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Local;
using Splitrail.Tests.Suite.Dapr;
using Xunit;

namespace Splitrail.Tests.Suite.Shop;

/// <summary>
/// Every policy of resiliency.yaml acting in the running shop, and what the gateway answered meanwhile. Faults are put into the gateway's own sidecar; the gateway's stage
/// times are longer than the policies here, so that it is the policies that act. How each policy behaves by itself is LocalComponentsTests' matter, on daprd too.
/// </summary>
public sealed partial class PolicyTests : IAsyncLifetime
{
    private const string Reason = "daprd has no fault injection; LocalComponentsTests shows its policies";

    private static readonly Dictionary<string, string> s_shorter = new()
    {
        ["features"] = "150ms", ["dataPlane"] = "150ms", ["controlPlane"] = "300ms", ["store"] = "300ms", ["handler"] = "500ms", ["maxInterval"] = "20ms",
    };

    private readonly HttpClient _http = new();
    private InProcessSuite _suite = null!;
    private ShopClient _client = null!;
    private string _state = "";

    public async Task InitializeAsync()
    {
        if (SidecarEngine.IsDaprd)
            return;
        var options = await TrainedShop.CopyAsync(s_shorter) with
        {
            SidecarFaults = true,
            ExtraArguments = new Dictionary<string, IReadOnlyList<string>>
            {
                [AppIds.Gateway] =
                [
                    .. TrainedShop.Patient, "--Gateway:ContextCacheTtl=00:00:00", "--Gateway:ResponseCacheTtl=00:00:00",
                ],
            },
        };
        _state = options.StateDirectory;
        _suite = new InProcessSuite(options);
        await _suite.StartAsync();
        await SuiteReadiness.WaitAsync(_suite.Layout, _http, TimeSpan.FromMinutes(1), static _ => { });
        _client = new ShopClient(_suite.Layout.Gateway);
        await Eventually.ReachesAsync(LevelAsync, static level => level == 0, "full answers at first");
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        if (_suite is null)
            return;
        _client.Dispose();
        await _suite.DisposeAsync();
    }

    [EmbeddedTheory(Reason)]
    [InlineData(AppIds.Feature, InnerPaths.Context, "context_timeout", 2)]
    [InlineData(AppIds.Candidate, InnerPaths.Candidates, "candidates_timeout", 3)]
    [InlineData(AppIds.Ranking, InnerPaths.Rank, "ranking_timeout", 1)]
    public async Task A_timeout_cuts_a_slow_service_and_the_shop_gets_the_next_level(string appId, string path, string cause, int level)
    {
        // More than one try: on a busy machine the stages before may leave too little time for both cuts, and then it is the gateway's deadline that ends the wait.
        await Eventually.ReachesAsync(async () =>
        {
            await Eventually.ReachesAsync(LevelAsync, static level => level == 0, "full answers before the fault");
            // Twice, because a cut call is tried once more.
            await FaultAsync(new { target = appId, path, delay_ms = 60_000, times = 2 });
            return (await LevelAsync(), await FallbacksAsync(cause));
        }, seen => seen.Item1 == level && seen.Item2 > 0, $"level {level} because of {cause}");
        await Eventually.ReachesAsync(LevelAsync, static level => level == 0, "full answers after it");
    }

    [EmbeddedFact(Reason)]
    public async Task A_timeout_cuts_the_control_plane_and_the_caller_is_told()
    {
        // Only this path: the gateway reads the control feed of the same app in the background and would take the one fault away.
        await FaultAsync(new { target = AppIds.Experiment, path = "/v1/experiments", delay_ms = 60_000, times = 1 });
        using var answer = await _http.GetAsync(new Uri(_suite.Layout.Gateway, "/v1/experiments"));
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        await Eventually.ReachesAsync(LevelAsync, static level => level == 0, "lists do not need it");
    }

    [EmbeddedTheory(Reason)]
    [InlineData(AppIds.Feature, InnerPaths.Context)]
    [InlineData(AppIds.Candidate, InnerPaths.Candidates)]
    [InlineData(AppIds.Ranking, InnerPaths.Rank)]
    public async Task One_retry_hides_a_closed_door_and_a_second_one_shows_it(string appId, string path)
    {
        await Eventually.ReachesAsync(async () =>
        {
            await FaultAsync(new { target = appId, path, status = 503, times = 1 });
            return await LevelAsync();
        }, static level => level == 0, "one closed door is not seen");
        await FaultAsync(new { target = appId, path, status = 503, times = 2 });
        (await LevelAsync()).ShouldBeGreaterThan(0);
        await Eventually.ReachesAsync(LevelAsync, static level => level == 0, "full answers after it");
    }

    [EmbeddedTheory(Reason)]
    [InlineData(AppIds.Feature, InnerPaths.Context, "context", 2)]
    [InlineData(AppIds.Candidate, InnerPaths.Candidates, "candidates", 3)]
    [InlineData(AppIds.Ranking, InnerPaths.Rank, "ranking", 1)]
    public async Task Five_failures_open_the_breaker_and_one_good_trial_brings_full_answers_back(string appId, string path, string stage, int level)
    {
        await FaultAsync(new { target = appId, path, status = 500, times = 5 });
        for (var i = 0; i < 5; i++)
            (await LevelAsync()).ShouldBe(level);
        (await FallbacksAsync(stage + "_app_error")).ShouldBe(5);
        // The service is well again, but nobody asks it before the breaker's time is up.
        (await LevelAsync()).ShouldBe(level);
        (await FallbacksAsync(stage + "_circuit_open")).ShouldBe(1);
        await Eventually.ReachesAsync(LevelAsync, static seen => seen == 0, "full answers after the breaker's time", TimeSpan.FromSeconds(20));
        (await FallbacksAsync(stage + "_app_error")).ShouldBe(5);
    }

    [EmbeddedFact(Reason)]
    public async Task A_store_and_a_broker_that_hang_are_cut_and_no_event_is_called_accepted()
    {
        await FaultAsync(new { target = Components.StateStore, delay_ms = 60_000, times = 1 });
        using var state = await _http.GetAsync(new Uri(_suite.Layout[AppIds.Gateway].SidecarAddress, $"/v1.0/state/{Components.StateStore}/k"));
        (await state.Content.ReadAsStringAsync()).ShouldContain("context deadline exceeded");

        // Only this topic: exposures of the first answers may be on their way still.
        await FaultAsync(new { target = Topics.PubSub, path = Topics.Interactions, delay_ms = 60_000, times = 1 });
        var user = (await _client.UsersAsync(1))[0];
        (await _client.PostAsync("/v1/events", new { event_id = "cut", type = "view", user_id = user, item_id = "x" })).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await LevelAsync()).ShouldBe(0);
    }

    [EmbeddedFact(Reason)]
    public async Task An_event_that_cannot_be_stored_ends_with_the_dead_letters_and_takes_effect_when_replayed()
    {
        var user = (await _client.UsersAsync(1))[0];
        var item = (await _client.RecommendAsync(new { user_id = user, num_items = 1 })).Items[0];
        await using (var lockedOut = new SqliteConnection($"Data Source={Path.Combine(_state, "feature-svc.db")}"))
        {
            await lockedOut.OpenAsync();
            await using var transaction = await lockedOut.BeginTransactionAsync();
            await using (var write = lockedOut.CreateCommand())
            {
                write.CommandText = "CREATE TABLE keeps_others_out(x)";
                await write.ExecuteNonQueryAsync();
            }

            (await _client.PostAsync("/v1/events", new { event_id = "dead-for-a-while", type = "purchase", user_id = user, item_id = item })).ShouldBe(HttpStatusCode.Accepted);
            await Eventually.ReachesAsync(() => DeadLettersAsync(), static text => text.Contains("interactions-dead", StringComparison.Ordinal), "the event is among the dead letters", TimeSpan.FromSeconds(60));
            // Readers are not kept out: the shop answers in full, without the purchase. On a busy machine one answer may be late.
            await Eventually.ReachesAsync(
                () => _client.RecommendAsync(new { user_id = user, num_items = 100 }), answer => answer.Level == 0 && answer.Items.Contains(item), "the shop answers in full, without the purchase");
            await transaction.RollbackAsync();
        }

        (await DeadLettersAsync("--replay", "interactions-dead")).ShouldContain("1 messages");
        await Eventually.ReachesAsync(
            () => _client.RecommendAsync(new { user_id = user, num_items = 100 }), answer => answer.Level == 0 && !answer.Items.Contains(item), "the purchase is known");
    }

    private async Task FaultAsync(object rule)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(_suite.Layout[AppIds.Gateway].SidecarAddress, "/faults"), rule);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    /// <summary>The level of the next recommendation, which must be a good answer whatever is broken.</summary>
    private async Task<int> LevelAsync()
    {
        var answer = await _client.RecommendAsync(new { user_id = "u00001", num_items = 10 });
        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Items.Count.ShouldBe(10);
        return answer.Level;
    }

    private async Task<int> FallbacksAsync(string cause)
    {
        var text = await _http.GetStringAsync(new Uri(_suite.Layout.Gateway, "/metrics"));
        return Fallback().Matches(text).Where(match => match.Groups["labels"].Value.Contains($"\"{cause}\"", StringComparison.Ordinal))
            .Sum(static match => int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture));
    }

    private async Task<string> DeadLettersAsync(params string[] more)
    {
        string[] arguments = [typeof(InProcessSuite).Assembly.Location, "dead-letters", "--state-dir", Path.Combine(_state, "sidecar"), .. more];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }

    [GeneratedRegex(@"^splitrail_recommendation_fallback_total\{(?<labels>[^}]*)\} (?<count>\d+)", RegexOptions.Multiline)]
    private static partial Regex Fallback();
}
