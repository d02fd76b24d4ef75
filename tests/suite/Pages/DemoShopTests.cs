using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;
using Splitrail.Tests.Suite.Shop;
using Xunit;

namespace Splitrail.Tests.Suite.Pages;

/// <summary>The shop window in a browser: what a visitor does, and how the lists answer.</summary>
[Collection(ConsoleSiteCollection.Name)]
public sealed class DemoShopTests(ConsoleSite site)
{
    private const string Known = "/demo/items/sku-00001";

    [BrowserFact]
    public async Task A_guests_list_changes_with_each_of_three_clicks_and_says_how()
    {
        var before = await UnitsAsync();
        await using var guest = await site.VisitAsync();
        await guest.OpenAsync("/demo");
        await guest.SeesAsync("You are new");
        var list = await ListAsync(guest);
        list.Length.ShouldBe(12);
        List<string> seen = [];
        for (var click = 0; click < 3; click++)
        {
            seen.Add(list[click]);
            await guest.Page.Locator($"#list [data-item='{list[click]}'] a").ClickAsync();
            await Assertions.Expect(guest.Page).ToHaveURLAsync(new Regex($"/demo/items/{list[click]}"));
            await Assertions.Expect(guest.Page.Locator("#change")).ToContainTextAsync("Since you looked at");
            var changed = await ListAsync(guest);
            changed.ShouldNotBe(list);
            changed.ShouldNotContain(seen[^1]);
            list = changed;
        }

        await Assertions.Expect(guest.Page.Locator(".trail li")).ToHaveCountAsync(3);
        await Assertions.Expect(guest.Page.Locator("#list .move")).Not.ToHaveCountAsync(0);
        await guest.Page.ReloadAsync();
        await Assertions.Expect(guest.Page.Locator("#change")).ToContainTextAsync("Since you looked at");
        await Assertions.Expect(guest.Page.Locator(".trail li")).ToHaveCountAsync(3); // reading a page again is no step
        await Eventually.ReachesAsync(UnitsAsync, units => units > before, "the experiment has counted the guest", TimeSpan.FromSeconds(60));
    }

    [BrowserFact]
    public async Task Words_are_completed_while_one_types_and_found()
    {
        await using var guest = await site.VisitAsync();
        await guest.OpenAsync("/demo");
        await guest.Page.GetByLabel("Search the shop").PressSequentiallyAsync("mug");
        await Assertions.Expect(guest.Page.Locator("#titles option").First).ToHaveAttributeAsync("value", new Regex("mug", RegexOptions.IgnoreCase));
        await guest.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(guest.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("found for “mug”");
        await guest.Page.Locator(".tiles a").First.ClickAsync();
        await Assertions.Expect(guest.Page.GetByRole(AriaRole.Button, new() { Name = "Buy it now" })).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Script_in_a_search_word_is_text()
    {
        await using var guest = await site.VisitAsync();
        await guest.OpenAsync("/demo/search?q=" + Uri.EscapeDataString("<script>document.title='taken'</script>"));
        await guest.SeesAsync("<script>document.title='taken'</script>");
        (await guest.Page.TitleAsync()).ShouldStartWith("Search");
    }

    [BrowserFact]
    public async Task A_cart_is_filled_and_bought_without_script()
    {
        var before = (await site.Shop.GetAsync("/stats")).GetProperty("events").GetInt64();
        await using var guest = await site.VisitAsync(script: false);
        await guest.OpenAsync(Known);
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Put in the cart" }).ClickAsync();
        await guest.SeesAsync("It is in your cart.");
        await guest.Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Cart ?1$") }).ClickAsync();
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Buy all" }).ClickAsync();
        await guest.SeesAsync("Bought.");
        await guest.SeesAsync("It is empty.");
        await Eventually.ReachesAsync(
            async () => (await site.Shop.GetAsync("/stats")).GetProperty("events").GetInt64(), events => events >= before + 3, "view, cart and purchase are stored", TimeSpan.FromSeconds(60));
    }

    [BrowserFact]
    public async Task Stars_are_given_and_kept()
    {
        await using var guest = await site.VisitAsync();
        await guest.OpenAsync(Known);
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "4 stars" }).ClickAsync();
        await guest.SeesAsync("Your stars count from now on.");
        await Assertions.Expect(guest.Page.GetByRole(AriaRole.Button, new() { Name = "4 stars" })).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(guest.Page.Locator(".trail")).ToContainTextAsync("gave 4 stars to");
    }

    [BrowserFact]
    public async Task Each_tile_of_the_list_says_the_stars_expected_and_how_sure_that_is()
    {
        await using var guest = await site.VisitAsync();
        await guest.OpenAsync("/demo");
        (await ListAsync(guest)).Length.ShouldBe(12);
        await Assertions.Expect(guest.Page.Locator("#list .score .spread")).ToHaveCountAsync(12);
        await Assertions.Expect(guest.Page.Locator("#list .score").First).ToContainTextAsync(new Regex(@"[1-5]\.\d ± [0-2]\.\d stars"));
        await Assertions.Expect(guest.Page.Locator("#bars")).ToContainTextAsync("the stars you would give");
    }

    [BrowserFact]
    public async Task What_is_not_offered_is_said_and_cannot_be_bought()
    {
        await using var guest = await site.VisitAsync();
        (await guest.OpenAsync("/demo/items/not-there"))!.Status.ShouldBe(404);
        await guest.SeesAsync("This is no longer offered");
        await guest.OpenAsync(Known);
        await guest.Page.EvaluateAsync("() => { document.querySelector(\"form[action$='/buy']\").action = '/demo/items/not-there/buy'; }");
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Buy it now" }).ClickAsync();
        await guest.SeesAsync("This is no longer offered");
    }

    [BrowserFact]
    public async Task The_shop_is_seen_with_a_users_eyes_and_a_bad_id_is_told()
    {
        var user = (await site.Shop.UsersAsync(1))[0];
        await using var guest = await site.VisitAsync();
        await guest.OpenAsync("/demo");
        await guest.Page.GetByLabel("See it with a known shopper’s eyes").FillAsync("two words");
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Go" }).ClickAsync();
        await Assertions.Expect(guest.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("A user's id must have");
        await guest.Page.GetByLabel("See it with a known shopper’s eyes").FillAsync(user);
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Go" }).ClickAsync();
        await Assertions.Expect(guest.Page.GetByRole(AriaRole.Heading, new() { Name = $"For {user}" })).ToBeVisibleAsync();
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "Begin anew as a guest" }).ClickAsync();
        await guest.SeesAsync("You are new");
    }

    [BrowserFact]
    public async Task The_keyboard_alone_puts_an_item_in_the_cart()
    {
        await using var guest = await site.VisitAsync(360);
        await guest.OpenAsync("/demo");
        await guest.TabToAsync("el => el.closest('#list') !== null");
        await guest.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(guest.Page).ToHaveURLAsync(new Regex("/demo/items/"));
        await guest.TabToAsync("el => el.textContent === 'Put in the cart'");
        await guest.Page.Keyboard.PressAsync("Enter");
        await guest.SeesAsync("It is in your cart.");
    }

    [BrowserFact]
    public async Task A_form_of_another_site_and_a_strange_cookie_do_no_harm()
    {
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = site.Gateway };
        using var foreign = new HttpRequestMessage(HttpMethod.Post, $"{Known}/buy") { Content = new FormUrlEncodedContent([]) };
        foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var refused = await http.SendAsync(foreign);
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        using var strange = new HttpRequestMessage(HttpMethod.Get, "/demo");
        strange.Headers.Add("Cookie", "splitrail-demo=eyJTZXNzaW9uIjoiYSBiIn0");
        using var answer = await http.SendAsync(strange);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("You are new");
    }

    private static async Task<string[]> ListAsync(Visitor visitor)
    {
        await visitor.Page.WaitForLoadStateAsync(LoadState.Load);
        return await visitor.Page.Locator("#list .card").EvaluateAllAsync<string[]>("cards => cards.map(card => card.dataset.item)");
    }

    private async Task<long> UnitsAsync() => (await site.Shop.GetAsync("/v1/experiments/new-items")).GetProperty("units").GetInt64();
}
