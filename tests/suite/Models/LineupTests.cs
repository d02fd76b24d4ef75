using System.Net;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Local;
using Splitrail.Models;
using Splitrail.Tests.Suite.Shop;
using Xunit;

namespace Splitrail.Tests.Suite.Models;

/// <summary>Versions of one type alone, put into production and back beside what serves, under load.</summary>
public sealed class LineupTests : IAsyncLifetime
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(1);
    private readonly HttpClient _http = new();
    private readonly CancellationTokenSource _closing = new();
    private InProcessSuite _suite = null!;
    private ShopClient _client = null!;
    private string _state = "";
    private string _models = "";
    private string _trained = "";

    public async Task InitializeAsync()
    {
        var options = await TrainedShop.CopyAsync() with
        {
            Replicas = new Dictionary<string, int> { [AppIds.Candidate] = 2, [AppIds.Ranking] = 2 },
            ExtraArguments = new Dictionary<string, IReadOnlyList<string>> { [AppIds.Gateway] = TrainedShop.Patient },
        };
        (_state, _models, _trained) = (options.StateDirectory, options.ModelsDirectory, ModelFolder.Active(options.ModelsDirectory));
        _suite = new InProcessSuite(options);
        await _suite.StartAsync();
        _client = new ShopClient(_suite.Layout.Gateway);
        await SuiteReadiness.WaitAsync(_suite.Layout, _http, TimeSpan.FromMinutes(2), static _ => { });
        await Servers.Eventually.TrueAsync(async () => await ServedAsync() == (_trained, _trained), s_deadline, "the trained model serves");
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        _http.Dispose();
        _closing.Dispose();
        await _suite.DisposeAsync();
    }

    [Fact]
    public async Task Another_model_of_candidates_changes_the_lists_and_a_rollback_brings_them_back_and_no_request_fails()
    {
        PublishRotated("rotated");
        await RegisteredAsync("rotated");
        var shopping = ShopAsync();
        var item = (await _client.GetAsync("/v1/popular?num_items=1")).GetProperty("items")[0].GetProperty("item_id").GetString()!;
        var before = await SimilarAsync(item);

        await PostAsync("/v1/models/rotated/activate", """{"override":{"kind":"testing","note":"other lists"}}""");
        await Servers.Eventually.TrueAsync(async () => await ServedAsync() == (_trained, "rotated"), s_deadline, "the ranker stays, and its candidates are the new version's");
        await Servers.Eventually.TrueAsync(async () => !(await SimilarAsync(item)).SequenceEqual(before), s_deadline, "other items are alike");
        await PostAsync("/v1/models/rollback", "{}");
        await Servers.Eventually.TrueAsync(async () => await ServedAsync() == (_trained, _trained), s_deadline, "the candidates are the old version's again");
        await Servers.Eventually.TrueAsync(async () => (await SimilarAsync(item)).SequenceEqual(before), s_deadline, "the same items are alike as before");

        await _closing.CancelAsync();
        var (requests, faults) = await shopping;
        faults.ShouldBeEmpty();
        requests.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Embeddings_are_activated_and_rolled_back_beside_the_model_that_serves()
    {
        var vectors = Path.Combine(_state, "vectors.jsonl");
        await File.WriteAllLinesAsync(vectors, Enumerable.Range(0, 50).Select(static i => $$"""{"item_id":"item-{{i}}","vector":[1,{{i}}]}"""));
        foreach (var version in new[] { "vectors-1", "vectors-2" })
        {
            await TrainedShop.TrainerAsync("embed", "--vectors", vectors, "--version", version, "--models", _models);
            await RegisteredAsync(version);
            await PostAsync($"/v1/models/{version}/activate", "{}");
            await EmbeddingsAsync($"{version}: 50 items");
        }

        (await ServedAsync()).ShouldBe((_trained, _trained));
        await PostAsync("/v1/models/rollback", "{}");
        await EmbeddingsAsync("vectors-1: 50 items");
        await PostAsync("/v1/models/rollback", "{}");
        await EmbeddingsAsync("none");

        PublishBroken("broken");
        await RegisteredAsync("broken");
        using var content = new StringContent("{}", null, "application/json");
        using var refused = await _http.PostAsync(new Uri(_suite.Layout.Gateway, "/v1/models/broken/activate"), content);
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("its vectors cannot be read");
    }

    /// <summary>The trained model under whose numbers other items stand: each gets what its neighbour in the index had.</summary>
    private void PublishRotated(string version)
    {
        var store = new ModelStore(_models);
        var bundle = store.Load(_trained);
        using var draft = store.Draft(version);
        RetrievalFiles.Write(draft.Folder, bundle.Retrieval with { Items = new ItemIndex([.. bundle.Items.Ids.Skip(1), bundle.Items.Ids[0]]) });
        File.Copy(Path.Combine(bundle.Folder, RetrievalFiles.AlsIndexName), Path.Combine(draft.Folder, RetrievalFiles.AlsIndexName));
        draft.Commit(bundle.Manifest with { Types = [ModelTypes.Candidate], Family = bundle.Manifest.FamilyName, Ranker = null });
    }

    private void PublishBroken(string version)
    {
        var store = new ModelStore(_models);
        using var draft = store.Draft(version);
        File.WriteAllText(Path.Combine(draft.Folder, "embeddings.vectors"), "nothing of the kind");
        draft.Commit(store.ReadManifest(_trained) with { Types = [ModelTypes.Embedding], Ranker = null });
    }

    private async Task<(int Requests, IReadOnlyList<string> Faults)> ShopAsync()
    {
        List<string> faults = [];
        var requests = 0;
        for (; !_closing.IsCancellationRequested; requests++)
        {
            var answer = await _client.RecommendAsync(new { user_id = $"lineup-{requests}", num_items = 10 });
            if (answer.Status != HttpStatusCode.OK || answer.Items.Count == 0)
                faults.Add($"status {answer.Status} with {answer.Items.Count} items");
        }

        return (requests, faults);
    }

    private async Task<(string? Ranked, string? Made)> ServedAsync()
    {
        var answer = await _client.RecommendAsync(new { user_id = $"lineup-{Guid.NewGuid():N}", num_items = 5 });
        return answer.Status == HttpStatusCode.OK && answer.Level == 0
            ? (answer.Body.GetProperty("model_version").GetString(), answer.Body.GetProperty("candidate_model_version").GetString())
            : (null, null);
    }

    private async Task<string[]> SimilarAsync(string item) =>
        [.. (await _client.GetAsync($"/v1/items/{item}/similar?num_items=10")).GetProperty("items").EnumerateArray().Select(static one => one.GetProperty("item_id").GetString()!)];

    /// <summary>Both replicas of candidate-svc say so.</summary>
    private async Task EmbeddingsAsync(string said)
    {
        foreach (var replica in new[] { AppIds.Candidate, AppIds.Candidate + "-2" })
        {
            await Servers.Eventually.TrueAsync(
                async () => (await _http.GetStringAsync(new Uri(_suite.Layout[replica].Address, "/health"))).Contains(said, StringComparison.Ordinal), s_deadline, $"{replica} serves embeddings {said}");
        }
    }

    private Task RegisteredAsync(string version) => Servers.Eventually.TrueAsync(
        async () =>
        {
            using var response = await _http.GetAsync(new Uri(_suite.Layout.Gateway, $"/v1/models/{version}/history"));
            return response.IsSuccessStatusCode;
        },
        s_deadline, $"{version} is registered");

    private async Task PostAsync(string path, string body)
    {
        using var content = new StringContent(body, null, "application/json");
        using var response = await _http.PostAsync(new Uri(_suite.Layout.Gateway, path), content);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
    }
}
