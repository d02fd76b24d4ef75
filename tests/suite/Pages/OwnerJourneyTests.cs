using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Shouldly;
using Splitrail.Tests.Suite.Shop;
using Xunit;

namespace Splitrail.Tests.Suite.Pages;

/// <summary>The way of an experiment through the hands of its owners, in a browser, and what the shop does meanwhile.</summary>
[Collection(ConsoleSiteCollection.Name)]
public sealed class OwnerJourneyTests(ConsoleSite site)
{
    private const int Users = 120;

    [BrowserFact]
    public async Task An_owner_creates_gets_approval_starts_edits_rolls_back_and_reads_it_all_in_the_history()
    {
        await MakeLayerAsync("journey");
        await using var ada = await (await site.VisitAsync()).SignInAsync(ConsoleSite.Editor);
        await CreateAsync(ada, "journey");
        await ada.ActAsync("Ask for approval");
        await ada.SeesAsync("Approval was asked for.");

        await using var bob = await (await site.VisitAsync()).SignInAsync(ConsoleSite.Approver);
        await bob.OpenAsync("/console/experiments/journey");
        await bob.ActAsync("Approve");
        await bob.SeesAsync("Approved.");

        await ada.OpenAsync("/console/experiments/journey");
        await ada.ActAsync("Start");
        await ada.SeesAsync("It runs.");
        await ReachedAsync(share => share is > 0.02 and < 0.25, "about a tenth of the users have the treatment");
        await Assertions.Expect(ada.Page.Locator("#armtable")).ToContainTextAsync(new System.Text.RegularExpressions.Regex(@"90 %\s*1?\d\d\b"), new() { Timeout = 60_000 });

        await EditAsync(ada);
        await bob.OpenAsync("/console/experiments/journey");
        await bob.SeesAsync("waits for somebody else's approval");
        await bob.ActAsync("Approve");
        var after = await ReachedAsync(share => share > 0.12, "about a fifth of the users have the treatment");
        after.ShouldBeLessThan(0.35);

        await ada.OpenAsync("/console/experiments/journey");
        await ada.Page.Locator("summary", new() { HasTextString = "Roll back" }).ClickAsync();
        await ada.Page.Locator("#roll_back-note").FillAsync("Sales fell on Monday.");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Roll back", Exact = true }).ClickAsync();
        await ada.SeesAsync("Rolled back");
        await ReachedAsync(static share => share == 0, "nobody has the treatment");
        await Assertions.Expect(ada.Page.Locator("#historylist")).ToContainTextAsync("Sales fell on Monday.");
        await Assertions.Expect(ada.Page.Locator("#historylist")).ToContainTextAsync("bob approve");
        await ada.OpenAsync("/console/experiments/journey/results");
        await ada.SeesAsync("Do users fit the split?");
    }

    private static async Task CreateAsync(Visitor ada, string id)
    {
        var page = ada.Page;
        await ada.OpenAsync("/console/experiments/new");
        await page.Locator("#id").FillAsync(id);
        await page.Locator("#layer").SelectOptionAsync("journey");
        await page.Locator("#hypothesis").FillAsync("The ranker earns its keep.");
        await page.Locator("#arm-0-share").FillAsync("90");
        await page.Locator("#arm-1-share").FillAsync("10");
        await page.Locator("#arm-1-ranker").SelectOptionAsync("none");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check, and show what it would do" }).ClickAsync();
        await ada.SeesAsync("What saving would do, once it is started");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create as a draft" }).ClickAsync();
        await ada.SeesAsync("Created as a draft");
    }

    private static async Task EditAsync(Visitor ada)
    {
        var page = ada.Page;
        await ada.OpenAsync("/console/experiments/journey");
        (await page.GetByRole(AriaRole.Button, new() { Name = "Save this split" }).CountAsync()).ShouldBe(0, "nothing is saved before its effect was shown");
        await page.Locator("#share-control").FillAsync("80");
        await page.Locator("#share-b").FillAsync("20");
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await ada.SeesAsync("of the layer's users change hands");
        await Assertions.Expect(page.Locator(".preview")).ToContainTextAsync("10 %");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save this split" }).ClickAsync();
        await ada.SeesAsync("waiting for the approval of a second person");
    }

    /// <summary>The part of some real users' answers that come from the treatment.</summary>
    private async Task<double> ReachedAsync(Func<double, bool> condition, string what) => await Eventually.ReachesAsync(
        async () =>
        {
            var treated = 0;
            for (var i = 0; i < Users; i++)
            {
                var answer = await site.Shop.RecommendAsync(new { user_id = $"journey-{i}", num_items = 1 });
                if (answer.Body.GetProperty("experiments").EnumerateArray().Any(static one => one.GetProperty("id").GetString() == "journey" && one.GetProperty("arm").GetString() == "b"))
                    treated++;
            }

            return treated / (double)Users;
        },
        condition, what, TimeSpan.FromSeconds(60));

    private async Task MakeLayerAsync(string id)
    {
        using var http = new HttpClient { BaseAddress = site.Gateway };
        using var answer = await http.PostAsJsonAsync("/v1/layers", JsonSerializer.SerializeToElement(new { id, seed = $"{id}-1" }));
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }
}
