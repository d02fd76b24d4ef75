using System.Net;
using Microsoft.Playwright;
using Shouldly;
using Splitrail.Tests.Suite.Shop;
using Xunit;

namespace Splitrail.Tests.Suite.Pages;

/// <summary>What the console tells of the parts behind it.</summary>
[Collection(ConsoleSiteCollection.Name)]
public sealed class SystemPageTests(ConsoleSite site)
{
    [BrowserFact]
    public async Task The_services_their_answers_and_their_caches_are_seen()
    {
        await site.Shop.RecommendAsync(new { session_id = "system-page", num_items = 3 });
        await using var eve = await (await site.VisitAsync()).SignInAsync(ConsoleSite.Viewer);
        await eve.OpenAsync("/console/system");
        foreach (var app in new[] { "gateway", "candidate-svc", "ranking-svc", "feature-svc", "experiment-svc" })
            await Assertions.Expect(eve.Page.GetByRole(AriaRole.Row, new() { NameRegex = new($"^{app} (healthy|degraded)") })).ToBeVisibleAsync();
        await Assertions.Expect(eve.Page.GetByRole(AriaRole.Row, new() { NameRegex = new("^0 all stages [1-9]") })).ToBeVisibleAsync();
        await Assertions.Expect(eve.Page.GetByRole(AriaRole.Row, new() { NameRegex = new("^contexts .* of [0-9,]+ ") })).ToBeVisibleAsync();
        await Assertions.Expect(eve.Page.GetByRole(AriaRole.Row, new() { NameRegex = new("^ranking [1-9]") })).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task The_overview_counts_the_answers_of_the_last_hour_and_models_tell_how_they_behave()
    {
        for (var i = 0; i < 20; i++)
            await site.Shop.RecommendAsync(new { user_id = $"hour-{i}", num_items = 3 });
        await using var eve = await (await site.VisitAsync()).SignInAsync(ConsoleSite.Viewer);
        await Assertions.Expect(eve.Page.Locator("section", new() { HasText = "The last hour" }).Last).ToContainTextAsync("answers to users in experiments");
        await eve.OpenAsync("/console/models");
        await eve.SeesAsync("Quality over time");
        await Assertions.Expect(eve.Page.Locator("#behaviourlist tr")).Not.ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task What_came_of_served_lists_is_seen_by_day_and_version_and_in_numbers()
    {
        await using var eve = await (await site.VisitAsync()).SignInAsync(ConsoleSite.Viewer);
        var visits = 0;
        await Eventually.ReachesAsync(async () =>
        {
            var answer = await site.Shop.RecommendAsync(new { user_id = $"served-{++visits}", num_items = 5 });
            await site.Shop.PostAsync("/v1/events", new { type = "click", user_id = $"served-{visits}", item_id = answer.Items[0], request_id = answer.Body.GetProperty("request_id").GetString() });
            await eve.OpenAsync("/console/models");
            return await eve.Page.Locator("#serveddays tr").AllInnerTextsAsync();
        }, static rows => rows.Any(static row => row.Split('\t') is [_, _, _, var listsClicked, _, var itemsClicked, _] && listsClicked != "0 %" && itemsClicked != "0 %"), "clicks are counted with the lists they are on", TimeSpan.FromMinutes(2));
        await Assertions.Expect(eve.Page.Locator("#served-over-time circle")).Not.ToHaveCountAsync(0);
        await eve.SeesAsync("Did the ranker keep its promises?");
        var picture = await eve.Page.RunAndWaitForDownloadAsync(() => eve.Page.GetByRole(AriaRole.Button, new() { Name = "Save as PNG of Items clicked" }).ClickAsync());
        picture.SuggestedFilename.ShouldBe("served-over-time.png");
        (await File.ReadAllBytesAsync(await picture.PathAsync()))[..4].ShouldBe([0x89, (byte)'P', (byte)'N', (byte)'G']);
    }

    [BrowserFact]
    public async Task Rankings_in_one_list_are_shown_by_who_preferred_which()
    {
        (await site.Shop.PostAsync("/v1/layers", new { id = "drafted", seed = "drafted-1" })).ShouldBe(HttpStatusCode.Created);
        (await site.Shop.PostAsync("/v1/experiments", new
        {
            id = "drafted-lists", type = "interleaving", layer = "drafted", hypothesis = "People prefer the ranker's order.", owner = "ada",
            arms = new object[] { new { id = "plain", control = true, share = 0.5, parameters = new { ranker = "none" } }, new { id = "ranked", share = 0.5 } },
        })).ShouldBe(HttpStatusCode.Created);
        await using var eve = await (await site.VisitAsync()).SignInAsync(ConsoleSite.Viewer);
        await eve.OpenAsync("/console/experiments/drafted-lists/results");
        await eve.SeesAsync("Which ranking people prefer");
        await Assertions.Expect(eve.Page.GetByRole(AriaRole.Row, new() { NameRegex = new("^ranked +0") })).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Results_are_split_by_a_dimension()
    {
        await using var eve = await (await site.VisitAsync()).SignInAsync(ConsoleSite.Viewer);
        await eve.OpenAsync("/console/experiments/new-items/results");
        await eve.Page.GetByRole(AriaRole.Navigation, new() { Name = "By" }).GetByText("account").ClickAsync();
        await Eventually.ReachesAsync(async () =>
        {
            await site.Shop.RecommendAsync(new { user_id = "by-account", num_items = 3 });
            await eve.Page.ReloadAsync();
            return await eve.Page.GetByText("Exploratory: look here for questions").CountAsync();
        }, static notes => notes > 0, "somebody was counted by his account");
        await Assertions.Expect(eve.Page.Locator("section", new() { HasText = "By groups of users" }).Last).ToContainTextAsync("known");
    }
}
