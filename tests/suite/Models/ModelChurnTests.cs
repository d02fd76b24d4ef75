using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Local;
using Splitrail.Tests.Suite.Shop;
using Xunit;
using Xunit.Abstractions;

namespace Splitrail.Tests.Suite.Models;

/// <summary>Models come and go under load: the whole suite with two gateways, two candidate-svc and two ranking-svc, as a shop would run it.</summary>
public sealed class ModelChurnTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Shoppers = 4;

    private const double Promised = 2;

    /// <summary>Until then one change is waited for: the rest of the tests runs too.</summary>
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(30);

    private static readonly string[] s_gateways = [AppIds.Gateway, AppIds.Gateway + "-2"];
    private readonly HttpClient _http = new();
    private readonly ConcurrentBag<string> _faults = [];
    private readonly ConcurrentDictionary<int, int> _levels = [];
    private InProcessSuite _suite = null!;
    private string[] _versions = [];

    public async Task InitializeAsync()
    {
        var options = await TrainedShop.CopyAsync() with
        {
            Replicas = new Dictionary<string, int> { [AppIds.Gateway] = 2, [AppIds.Candidate] = 2, [AppIds.Ranking] = 2 },
            ExtraArguments = new Dictionary<string, IReadOnlyList<string>> { [AppIds.Gateway] = TrainedShop.Patient },
        };
        var trained = ModelFolder.Active(options.ModelsDirectory);
        _versions = [trained, .. Enumerable.Range(2, 3).Select(static number => $"copy-{number}")];
        foreach (var copy in _versions[1..])
            ModelFolder.Copy(options.ModelsDirectory, trained, copy);
        _suite = new InProcessSuite(options);
        await _suite.StartAsync();
        await SuiteReadiness.WaitAsync(_suite.Layout, _http, TimeSpan.FromMinutes(2), static _ => { });
        foreach (var version in _versions)
            await Servers.Eventually.TrueAsync(async () => await HasAsync(version), TimeSpan.FromMinutes(1), $"{version} is registered");
        await Servers.Eventually.TrueAsync(async () => (string?)(await ModelsAsync())["active"] == trained, TimeSpan.FromMinutes(1), "the trained model is in production");
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _suite.DisposeAsync();
    }

    [Fact]
    public async Task Twenty_changes_of_the_model_under_load_fail_no_request_and_mix_no_versions() => Median(await ChurnAsync(20)).ShouldBeLessThan(Promised);

    [Fact, Trait("Category", "Long")]
    public async Task Two_hundred_changes_of_the_model_under_load_fail_no_request_and_mix_no_versions() => (await ChurnAsync(200))[^1].ShouldBeLessThan(Promised);

    private static double Median(List<double> sorted) => sorted[sorted.Count / 2];

    /// <returns>Seconds from the call of the API until both gateways serve what it asked for, in order of size.</returns>
    private async Task<List<double>> ChurnAsync(int changes)
    {
        using var stop = new CancellationTokenSource();
        var shoppers = Enumerable.Range(0, Shoppers).Select(number => ShopAsync(number, stop.Token)).ToArray();
        List<double> seconds = [];
        for (var change = 0; change < changes; change++)
        {
            var started = Stopwatch.GetTimestamp();
            // Activate, shadow, roll back, activate: with four versions in turn, so that a copy is always another one than what serves.
            var expected = (change % 4) switch
            {
                1 => await ShadowAsync(),
                2 => await PostAsync("/v1/models/rollback", null),
                _ => await ActivateAsync(),
            };
            await ServedEverywhereAsync(expected);
            seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        await stop.CancelAsync();
        var requests = (await Task.WhenAll(shoppers)).Sum();
        seconds.Sort();
        output.WriteLine($"{changes} changes, {requests} requests, by fallback level {string.Join(", ", _levels.OrderBy(static one => one.Key).Select(static one => $"{one.Key}: {one.Value}"))}");
        output.WriteLine($"seconds until both gateways serve it: median {Median(seconds):0.00}, p99 {seconds[seconds.Count * 99 / 100]:0.00}, worst {seconds[^1]:0.00}");
        _faults.ShouldBeEmpty();
        requests.ShouldBeGreaterThan(changes);
        return seconds;
    }

    private async Task<int> ShopAsync(int number, CancellationToken stop)
    {
        using var client = new ShopClient(_suite.Layout[s_gateways[number % s_gateways.Length]].Address);
        var requests = 0;
        while (!stop.IsCancellationRequested)
        {
            var answer = await client.RecommendAsync(new { user_id = $"churn-{number}-{requests}", session_items = Array.Empty<string>(), num_items = 10 });
            requests++;
            if (answer.Status != HttpStatusCode.OK || answer.Items.Count == 0)
            {
                _faults.Add($"status {answer.Status} with {answer.Items.Count} items");
                continue;
            }

            _levels.AddOrUpdate(answer.Level, 1, static (_, count) => count + 1);
            var (ranked, made) = Versions(answer);
            if (ranked != made)
                _faults.Add($"candidates of {made} ranked by {ranked}");
        }

        return requests;
    }

    private async Task ServedEverywhereAsync(string expected)
    {
        foreach (var gateway in s_gateways)
        {
            using var client = new ShopClient(_suite.Layout[gateway].Address);
            var asked = 0;
            // Several in a row, as the gateway's sidecar spreads them over the replicas.
            await Servers.Eventually.TrueAsync(async () =>
            {
                for (var i = 0; i < 6; i++)
                {
                    var answer = await client.RecommendAsync(new { user_id = $"probe-{asked++}", num_items = 5 });
                    if (Versions(answer).Ranked != expected)
                        return false;
                }

                return true;
            }, s_bound, $"{gateway} serves {expected}");
        }
    }

    private static (string? Ranked, string? Made) Versions(Answer answer) => (Of(answer, "model_version"), Of(answer, "candidate_model_version"));

    private static string? Of(Answer answer, string member) => answer.Body.ValueKind == System.Text.Json.JsonValueKind.Object && answer.Body.TryGetProperty(member, out var version) ? version.GetString() : null;

    /// <returns>What is to be served: as before.</returns>
    private async Task<string> ShadowAsync()
    {
        var models = await ModelsAsync();
        var active = (string)models["active"]!;
        var shadow = _versions.First(version => version != active && version != (string?)models["previous"]?["ranking"]);
        await PostAsync($"/v1/models/{shadow}/stage", new JsonObject { ["stage"] = "shadow", ["types"] = new JsonArray("ranking") });
        return active;
    }

    private async Task<string> ActivateAsync()
    {
        var active = (string)(await ModelsAsync())["active"]!;
        var next = _versions[(Array.IndexOf(_versions, active) + 1) % _versions.Length];
        return await PostAsync($"/v1/models/{next}/activate", new JsonObject());
    }

    /// <returns>The version in production after it.</returns>
    private async Task<string> PostAsync(string path, JsonObject? body)
    {
        var (status, text) = (HttpStatusCode.ServiceUnavailable, "");
        await Servers.Eventually.TrueAsync(async () =>
        {
            using var content = body is null ? null : new StringContent(body.ToJsonString(), null, "application/json");
            using var response = await _http.PostAsync(new Uri(_suite.Layout.Gateway, path), content);
            (status, text) = (response.StatusCode, await response.Content.ReadAsStringAsync());
            // On a busy machine a version may take seconds to be opened for the first time.
            return status == HttpStatusCode.OK || !text.Contains("still opening it", StringComparison.Ordinal);
        }, s_bound, $"{path} is decided");
        status.ShouldBe(HttpStatusCode.OK, text);
        return (string)JsonNode.Parse(text)!["production"]!["ranking"]!;
    }

    private async Task<JsonNode> ModelsAsync() => JsonNode.Parse(await _http.GetStringAsync(new Uri(_suite.Layout.Gateway, "/v1/models")))!;

    private async Task<bool> HasAsync(string version)
    {
        using var response = await _http.GetAsync(new Uri(_suite.Layout.Gateway, "/v1/models"));
        return response.IsSuccessStatusCode
            && JsonNode.Parse(await response.Content.ReadAsStringAsync())!["versions"]!.AsArray().Any(one => (string?)one == version);
    }
}
