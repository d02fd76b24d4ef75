using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Splitrail.Tests.Suite.Pages;

/// <summary>The console's room in which one shopper's lists are seen arm beside arm.</summary>
[Collection(ConsoleSiteCollection.Name)]
public sealed class TryItTests(ConsoleSite site)
{
    private static readonly Regex s_stars = new(@"stars [1-5]\.\d ± [0-2]\.\d");

    [BrowserFact]
    public async Task Two_arms_that_differ_stand_side_by_side_with_the_reasons()
    {
        await DraftAsync("try-two");
        var user = (await site.Shop.UsersAsync(40))[^1];
        await using var eve = await (await site.VisitAsync()).SignInAsync(ConsoleSite.Viewer);
        await eve.OpenAsync("/console/try-it");
        await eve.Page.Locator("#experiment").SelectOptionAsync("try-two");
        await eve.Page.Locator("#user").FillAsync(user);
        await eve.Page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Assertions.Expect(eve.Page.GetByRole(AriaRole.Heading, new() { Name = $"Lists for user {user}" })).ToBeVisibleAsync();
        await Assertions.Expect(eve.Page.Locator(".column")).ToHaveCountAsync(3);
        await eve.Page.WaitForLoadStateAsync(LoadState.Load);
        await Assertions.Expect(Column(eve, "control (control)")).ToContainTextAsync("the same as without experiment");
        await Assertions.Expect(Column(eve, "fresh").Locator(".differs").First).ToBeVisibleAsync();
        await Assertions.Expect(Column(eve, "fresh").Locator(".items li").First).ToContainTextAsync(s_stars);
        await Assertions.Expect(Column(eve, "fresh").Locator(".items .spreadbar")).ToHaveCountAsync(10);
        (await ItemsAsync(eve, "fresh")).ShouldNotBe(await ItemsAsync(eve, "control (control)"));
        await Column(eve, "control (control)").Locator("summary").First.ClickAsync();
        await Assertions.Expect(Column(eve, "control (control)").Locator("details").First).ToContainTextAsync("What moved its score most");
    }

    [BrowserFact]
    public async Task A_guest_is_put_together_by_words_without_script()
    {
        await using var eve = await (await site.VisitAsync(script: false)).SignInAsync(ConsoleSite.Viewer);
        await eve.OpenAsync("/console/try-it?user=");
        await eve.Page.GetByLabel("Find items by words").FillAsync("mug");
        await eve.Page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await eve.Page.Locator(".found a", new() { HasTextString = "looked at it" }).First.ClickAsync();
        await eve.SeesAsync("a guest who looked at 1 item");
        await eve.OpenAsync("/console/try-it?similar=sku-00001");
        await Assertions.Expect(eve.Page.GetByRole(AriaRole.Heading, new() { Name = "Similar to sku-00001" })).ToBeVisibleAsync();
        await Assertions.Expect(Column(eve, "Similar").Locator(".items li")).ToHaveCountAsync(10);
        // Neighbours are for nobody in particular.
        await Assertions.Expect(Column(eve, "Similar").Locator(".items li").First).ToContainTextAsync("± not known");
    }

    [BrowserFact]
    public async Task Unknown_and_bad_values_are_told_and_break_nothing()
    {
        await using var eve = await (await site.VisitAsync()).SignInAsync(ConsoleSite.Viewer);
        await eve.OpenAsync("/console/try-it?user=nobody-has-this-id&experiment=gone&similar=not-there");
        await eve.SeesAsync("There is no experiment 'gone'");
        await eve.SeesAsync("Nothing is known of this user");
        await eve.SeesAsync("There is no item \"not-there\".");
        await Assertions.Expect(Column(eve, "Without experiment").Locator(".items li")).ToHaveCountAsync(10);
        await eve.OpenAsync("/console/try-it?user=two%20words&q=%3Cscript%3Edocument.title%3D1%3C/script%3E");
        await eve.SeesAsync("The user 'two words' cannot be one");
        (await eve.Page.GetByLabel("Find items by words").InputValueAsync()).ShouldBe("<script>document.title=1</script>");
        (await eve.Page.TitleAsync()).ShouldStartWith("Try it");
    }

    [BrowserFact]
    public async Task With_every_reason_open_it_fits_a_small_phone()
    {
        await using var eve = await (await site.VisitAsync(360)).SignInAsync(ConsoleSite.Viewer);
        await eve.OpenAsync("/console/try-it");
        await eve.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(one => { one.open = true; })");
        (await eve.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(360);
    }

    private static ILocator Column(Visitor visitor, string name) => visitor.Page.GetByRole(AriaRole.Region, new() { Name = name, Exact = true });

    private static async Task<string[]> ItemsAsync(Visitor visitor, string column) => [.. await Column(visitor, column).Locator(".name").AllTextContentsAsync()];

    /// <summary>A draft is enough: it can be seen before anybody meets it.</summary>
    private async Task DraftAsync(string id)
    {
        using var http = new HttpClient { BaseAddress = site.Gateway };
        using var layer = await http.PostAsJsonAsync("/v1/layers", new { id, seed = $"{id}-1" });
        layer.IsSuccessStatusCode.ShouldBeTrue(await layer.Content.ReadAsStringAsync());
        using var made = await http.PostAsJsonAsync("/v1/experiments", new
        {
            id,
            layer = id,
            hypothesis = "Diverse lists please more.",
            arms = new object[]
            {
                new { id = "control", control = true, share = 0.5, parameters = new { } },
                new { id = "fresh", control = false, share = 0.5, parameters = new { ranker = "none" } },
            },
        });
        made.IsSuccessStatusCode.ShouldBeTrue(await made.Content.ReadAsStringAsync());
    }
}
