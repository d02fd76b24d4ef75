using System.Net;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json;
using Shouldly;
using Splitrail.Features;
using Xunit;

namespace Splitrail.Tests.Suite.Shop;

/// <summary>From lists that are served and clicked to a ranker that has learnt from them, and two rankings in one list, through the whole suite.</summary>
public sealed class ImpressionTests(RunningShop shop) : IClassFixture<RunningShop>, IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = shop.Suite.Layout.Gateway };

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task A_ranker_learns_from_served_lists_joined_with_clicks_and_their_features_as_served()
    {
        var users = await shop.Client.UsersAsync(60);
        List<Answer> answers = [];
        foreach (var user in users)
        {
            var answer = await shop.Client.RecommendAsync(new { user_id = user, num_items = 10, explain = true });
            answer.Level.ShouldBe(0);
            answers.Add(answer);
            foreach (var item in (string[])[answer.Items[0], answer.Items[3]])
                (await shop.Client.PostAsync("/v1/events", new { type = "click", user_id = user, item_id = item, request_id = RequestOf(answer) })).ShouldBe(HttpStatusCode.Accepted);
        }

        var (lists, outcomes) = await Eventually.ReachesAsync(ReadAsync, seen => seen.Outcomes.Count >= 2 * users.Count && answers.All(one => seen.Lists.ContainsKey(RequestOf(one))), "lists and clicks are kept");
        foreach (var answer in answers)
            ShouldBeAsServed(lists[RequestOf(answer)], answer);
        outcomes.Where(one => one.Request == RequestOf(answers[0])).Select(static one => one.Item).ShouldBe([answers[0].Items[0], answers[0].Items[3]], ignoreOrder: true);

        var (dataset, models) = (shop.Options.DatasetDirectory, Path.Combine(shop.Options.StateDirectory, "learnt"));
        var said = await TrainedShop.TrainerAsync("train", "--dataset", dataset!, "--models", models, "--impressions", _http.BaseAddress!.ToString(), "--ranker", "logistic", "--version-name", "learnt");
        said.ShouldContain($"{lists.Count:N0} lists with features, {outcomes.Count:N0} of their items taken");
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(models, "learnt", "manifest.json")));
        manifest.RootElement.GetProperty("ranker").GetProperty("served_lists").GetInt32().ShouldBe(lists.Count);
    }

    [Fact]
    public async Task A_ranker_alone_is_trained_for_the_candidates_that_serve_and_put_into_production()
    {
        var user = (await shop.Client.UsersAsync(1))[0];
        var before = (await shop.Client.RecommendAsync(new { user_id = user })).Body.GetProperty("model_version").GetString();
        string[] arguments = ["--dataset", shop.Options.DatasetDirectory!, "--models", shop.Options.ModelsDirectory, "--ranker", "logistic", "--registry", _http.BaseAddress!.ToString()];

        var said = await TrainedShop.TrainerAsync(["train-ranker", .. arguments, "--version-name", "ranker-alone"]);

        said.ShouldContain($"ranks candidates of {before}");
        Directory.EnumerateFiles(Path.Combine(shop.Options.ModelsDirectory, "ranker-alone")).Select(Path.GetFileName).ShouldNotContain("ease.bin");
        var after = await Eventually.ReachesAsync(() => shop.Client.RecommendAsync(new { user_id = user }), static one => one.Body.GetProperty("model_version").GetString() == "ranker-alone", "the new ranker serves");
        (after.Level, after.Body.GetProperty("candidate_model_version").GetString()).ShouldBe((0, before));
        (await Should.ThrowAsync<InvalidOperationException>(() => TrainedShop.TrainerAsync(["train-ranker", .. arguments, "--candidates", "ranker-alone"]))).Message.ShouldContain($"makes no candidates; name '{before}'");
        (await shop.Client.PostAsync("/v1/models/rollback", new { })).ShouldBe(HttpStatusCode.OK);
        await Eventually.ReachesAsync(() => shop.Client.RecommendAsync(new { user_id = user }), one => one.Body.GetProperty("model_version").GetString() == before, "the ranker of before serves");
    }

    [Fact]
    public async Task Shoppers_who_click_one_rankings_items_in_interleaved_lists_make_it_win()
    {
        (await shop.Client.PostAsync("/v1/layers", new { id = "taste", seed = "taste-1" })).ShouldBe(HttpStatusCode.Created);
        object[] arms = [new { id = "ranked", control = true, share = 0.5 }, new { id = "plain", share = 0.5, parameters = new { ranker = "none" } }];
        (await shop.Client.PostAsync("/v1/experiments", new { id = "taste", layer = "taste", type = "interleaving", hypothesis = "The network ranks better.", arms })).ShouldBe(HttpStatusCode.Created);
        (await shop.Client.PostAsync("/v1/experiments/taste/start", new { })).ShouldBe(HttpStatusCode.OK);
        var users = await shop.Client.UsersAsync(30);
        await Eventually.ReachesAsync(() => shop.Client.RecommendAsync(new { user_id = users[0] }), static answer => TeamsOf(answer).Length > 0, "lists are interleaved");

        foreach (var user in users)
        {
            var answer = await shop.Client.RecommendAsync(new { user_id = user });
            TeamsOf(answer).Count(static team => team.Arm == "plain").ShouldBeInRange(4, 6);
            var item = TeamsOf(answer).First(static team => team.Arm == "plain").Item;
            (await shop.Client.PostAsync("/v1/events", new { type = "click", user_id = user, item_id = item, request_id = RequestOf(answer) })).ShouldBe(HttpStatusCode.Accepted);
        }

        var results = await Eventually.ReachesAsync(
            async () => (await _http.GetFromJsonAsync<JsonElement>("/v1/experiments/taste/results")).GetProperty("interleaving"),
            static one => one.GetProperty("arms")[0].GetProperty("wins").GetInt64() == 30, "all clicks are credited");
        (results.GetProperty("arms")[0].GetProperty("arm").GetString(), results.GetProperty("arms")[1].GetProperty("wins").GetInt64()).ShouldBe(("plain", 0));
        results.GetProperty("surely_worse").GetString().ShouldBe("ranked");
        (await shop.Client.PostAsync("/v1/experiments/taste/end", new { })).ShouldBe(HttpStatusCode.OK);
    }

    private static (string Item, string? Arm)[] TeamsOf(Answer answer) => answer.Level < 0 ? [] :
    [
        .. answer.Body.GetProperty("recommendations").EnumerateArray().Where(static one => one.TryGetProperty("team", out _))
            .Select(static one => (one.GetProperty("item_id").GetString()!, one.GetProperty("team").GetString())),
    ];

    /// <summary>The explanation names some features of an item with the values that the ranker was given.</summary>
    private static void ShouldBeAsServed(JsonElement list, Answer answer)
    {
        list.GetProperty("feature_set").GetString().ShouldBe(ShopFeatures.Set.Name);
        var items = list.GetProperty("items").EnumerateArray().ToArray();
        items.Select(static item => item.GetProperty("item_id").GetString()).ShouldBe(answer.Items);
        items.Select(static item => item.GetProperty("position").GetInt32()).ShouldBe(Enumerable.Range(1, items.Length));
        for (var i = 0; i < items.Length; i++)
        {
            var features = MemoryMarshal.Cast<byte, float>(items[i].GetProperty("features").GetBytesFromBase64()).ToArray();
            features.Length.ShouldBe(ShopFeatures.Set.Width);
            var explained = answer.Body.GetProperty("recommendations")[i].GetProperty("explanation").GetProperty("features").EnumerateArray().ToArray();
            explained.ShouldNotBeEmpty();
            foreach (var feature in explained)
                features[ShopFeatures.Set.Features.ToList().IndexOf(feature.GetProperty("feature").GetString()!)].ShouldBe((float)feature.GetProperty("value").GetDouble(), 1e-5f);
        }
    }

    private async Task<(Dictionary<string, JsonElement> Lists, List<(string Request, string Item)> Outcomes)> ReadAsync()
    {
        using var response = await _http.GetAsync("/v1/experiments/impressions");
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement).ToArray();
        return (
            lines.Where(static line => line.TryGetProperty("served", out _)).Select(static line => line.GetProperty("served")).ToDictionary(static one => one.GetProperty("request_id").GetString()!),
            [.. lines.Where(static line => line.TryGetProperty("outcome", out _)).Select(static line => line.GetProperty("outcome")).Select(static one => (one.GetProperty("request_id").GetString()!, one.GetProperty("item_id").GetString()!))]);
    }

    private static string RequestOf(Answer answer) => answer.Body.GetProperty("request_id").GetString()!;
}
