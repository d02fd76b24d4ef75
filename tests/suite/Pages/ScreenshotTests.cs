using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Shouldly;
using Splitrail.Tests.Suite.Shop;
using Splitrail.Trainer.DemoShop;
using Xunit;

namespace Splitrail.Tests.Suite.Pages;

/// <summary>Pictures of the console for the documents: of a real experiment of simulated shoppers, in the middle of it.</summary>
[Collection(ConsoleSiteCollection.Name)]
public sealed class ScreenshotTests(ConsoleSite site)
{
    private const string Experiment = "personal-lists";
    private const int Planned = 12_000;
    private const int Portion = 600;
    private const int Portions = 11;

    [ScreenshotFact]
    public async Task Pictures()
    {
        using var http = new HttpClient { BaseAddress = site.Gateway, Timeout = TimeSpan.FromMinutes(1) };
        await BeginAsync(http);
        var shop = new DemoShopOptions(Seed: 7, Users: 600, Guests: 3000, Items: 300);
        var shoppers = new ShopVisitors(http, new DemoPopulation(shop), shop, 1, Experiment);
        for (var i = 0; i < Portions; i++)
            await shoppers.SendAsync(i * Portion, (i + 1) * Portion, default);
        await Eventually.ReachesAsync(
            async () => (await site.Shop.GetAsync($"/v1/experiments/{Experiment}/results")).GetProperty("users").GetInt64(), static users => users >= Portion * (Portions - 1), "shoppers are counted",
            TimeSpan.FromMinutes(3));

        await using var root = await (await site.VisitAsync()).SignInAsync(ConsoleSite.Admin);
        foreach (var (name, path) in new[]
        {
            ("overview", "/console"), ("experiment", $"/console/experiments/{Experiment}"), ("results", $"/console/experiments/{Experiment}/results"),
            ("try-it", $"/console/try-it?experiment={Experiment}&user={(await site.Shop.UsersAsync(40))[^1]}"),
        })
        {
            await root.OpenAsync(path);
            await root.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(ScreenshotFactAttribute.Folder!, $"console-{name}.png"), FullPage = name == "results" });
        }

        await root.OpenAsync("/demo");
        await root.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(ScreenshotFactAttribute.Folder!, "demo-shop.png") });
    }

    private static async Task BeginAsync(HttpClient http)
    {
        // The shop's first experiment sets the same parameter: it rests.
        await PostAsync(http, "/v1/experiments/new-items/pause", "{}", ConsoleSite.Editor);
        await PostAsync(http, "/v1/layers", """{"id":"lists","seed":"lists-1"}""", ConsoleSite.Admin);
        await PostAsync(http, "/v1/experiments", $$"""
            {"id":"{{Experiment}}","layer":"lists","hypothesis":"Recommending to the person sells better than showing everybody what sells best.","owner":"ada",
             "arms":[{"id":"best-sellers","control":true,"share":0.5,"parameters":{"mix":"popular","ranker":"none"} },{"id":"personal","share":0.5}],
             "metrics":[{"name":"click_through","role":"goal","minimum_effect":0.1},{"name":"user_conversion","role":"guardrail","margin":0.05}],
             "horizon":{"units":{{Planned}}},"decisions":{"floor_users_per_arm":2000,"floor_days":0} }
            """, ConsoleSite.Editor);
        await PostAsync(http, $"/v1/experiments/{Experiment}/submit", "{}", ConsoleSite.Editor);
        await PostAsync(http, $"/v1/experiments/{Experiment}/approve", "{}", ConsoleSite.Approver);
        await PostAsync(http, $"/v1/experiments/{Experiment}/start", "{}", ConsoleSite.Editor);
    }

    private static async Task PostAsync(HttpClient http, string path, string body, string actor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(JsonNode.Parse(body)) };
        request.Headers.Add("X-Actor", actor);
        using var answer = await http.SendAsync(request);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {await answer.Content.ReadAsStringAsync()}");
    }
}
