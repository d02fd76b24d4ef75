using Microsoft.Playwright;
using Shouldly;
using Splitrail.Tests.Suite.Shop;
using Xunit;

namespace Splitrail.Tests.Suite.Pages;

/// <summary>An owner's wishes for the lists, written in the browser and met by shoppers.</summary>
[Collection(ConsoleSiteCollection.Name)]
public sealed class MerchandisingPageTests(ConsoleSite site)
{
    [BrowserFact]
    public async Task A_rule_hides_an_item_until_it_is_deleted()
    {
        var item = (await ItemsAsync())[0];
        await using var ada = await (await site.VisitAsync()).SignInAsync(ConsoleSite.Editor);
        await ada.OpenAsync("/console/rules/new");
        var page = ada.Page;
        await page.Locator("#id").FillAsync("hide-it");
        await page.Locator("#kind").SelectOptionAsync("filter");
        await page.Locator("#description").FillAsync("It was recalled.");
        await page.Locator("#condition-0-field").FillAsync("item_id");
        await page.Locator("#condition-0-operator").SelectOptionAsync("in");
        await page.Locator("#condition-0-values").FillAsync($"{item}, another");
        await SaveAsync(page);
        await ada.SeesAsync("shown in no list: item id is one of");
        await Eventually.ReachesAsync(ItemsAsync, items => !items.Contains(item), "the item is hidden");

        await ada.OpenAsync("/console/rules/hide-it");
        await Assertions.Expect(page.Locator("#condition-0-values")).ToHaveValueAsync($"{item}, another");
        await Assertions.Expect(page.Locator("#historylist")).ToContainTextAsync("ada create");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await ada.SeesAsync("Saved.");
        await Eventually.ReachesAsync(ItemsAsync, items => items.Contains(item), "the item is shown again");
    }

    [BrowserFact]
    public async Task A_rule_that_cannot_be_is_refused_with_all_its_faults_and_what_was_typed()
    {
        await using var ada = await (await site.VisitAsync()).SignInAsync(ConsoleSite.Editor);
        await ada.OpenAsync("/console/rules/new");
        await ada.Page.Locator("#id").FillAsync("wrong");
        await ada.Page.Locator("#kind").SelectOptionAsync("boost");
        await ada.Page.Locator("#factor").FillAsync("0.5");
        await SaveAsync(ada.Page);
        await ada.SeesAsync("must be a number above 1");
        await ada.SeesAsync("a rule about every item changes nothing");
        await Assertions.Expect(ada.Page.Locator("#factor")).ToHaveValueAsync("0.5");
        await ada.Page.Locator("#factor").FillAsync("much");
        await SaveAsync(ada.Page);
        await ada.SeesAsync("must be a number, such as 1.5");
    }

    [BrowserFact]
    public async Task Nobodys_edit_of_weights_is_lost_and_a_viewer_has_no_form()
    {
        await using var ada = await (await site.VisitAsync()).SignInAsync(ConsoleSite.Editor);
        await using var root = await (await site.VisitAsync()).SignInAsync(ConsoleSite.Admin);
        await ada.OpenAsync("/console/weights");
        await root.OpenAsync("/console/weights");
        await FillWeightsAsync(ada.Page, "0.8", "0,2");
        await ada.SeesAsync("The ranker 80 %, Popularity 20 %");
        await Eventually.ReachesAsync(WeighedAsync, static weighed => weighed, "lists are weighed");

        await FillWeightsAsync(root.Page, "1", "5");
        await root.SeesAsync("exists in version");
        await Assertions.Expect(root.Page.Locator("#weights-0-popularity")).ToHaveValueAsync("5"); // what was typed stays

        await using var eve = await (await site.VisitAsync()).SignInAsync(ConsoleSite.Viewer);
        await eve.OpenAsync("/console/weights");
        await eve.SeesAsync("The ranker 80 %, Popularity 20 %");
        (await eve.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).CountAsync()).ShouldBe(0);
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Back to the ranker alone" }).ClickAsync();
        await ada.SeesAsync("The ranker 100 %, which is the default");
    }

    private static async Task FillWeightsAsync(IPage page, string ranker, string popularity)
    {
        await page.Locator("#weights-0-ranker").FillAsync(ranker);
        await page.Locator("#weights-0-popularity").FillAsync(popularity);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save weights of global" }).ClickAsync();
    }

    private static Task SaveAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();

    private async Task<IReadOnlyList<string>> ItemsAsync() => (await site.Shop.RecommendAsync(new { session_id = "merchandising", num_items = 20 })).Items;

    private async Task<bool> WeighedAsync()
    {
        var answer = await site.Shop.RecommendAsync(new { session_id = "merchandising", num_items = 1, explain = true });
        return answer.Body.GetProperty("recommendations")[0].TryGetProperty("explanation", out var explanation) && explanation.TryGetProperty("weights", out var weights)
            && weights.TryGetProperty("popularity", out var popularity) && popularity.GetDouble() == 0.2;
    }
}
