using System.Net.Http.Json;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Splitrail.Tests.Suite.Pages;

/// <summary>What must not be saved is not, and nothing that was typed is lost.</summary>
[Collection(ConsoleSiteCollection.Name)]
public sealed class RefusedFormTests(ConsoleSite site)
{
    private const string Page = "/console/experiments/new-items";

    [BrowserFact]
    public async Task Who_is_not_signed_in_is_asked_to_and_comes_back_to_his_page()
    {
        await using var visitor = await site.VisitAsync();
        await visitor.OpenAsync($"{Page}/results");
        visitor.Page.Url.ShouldContain("/console/sign-in");
        await visitor.Page.GetByLabel("Name").FillAsync(ConsoleSite.Viewer);
        await visitor.Page.GetByLabel("Key").FillAsync("not the key of eve");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await visitor.SeesAsync("Name and key do not belong together.");
        await visitor.Page.GetByLabel("Key").FillAsync(ConsoleSite.KeyOf(ConsoleSite.Viewer));
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(visitor.Page).ToHaveURLAsync(new Uri(site.Gateway, $"{Page}/results").ToString());
    }

    [BrowserFact]
    public async Task A_printed_link_signs_in_once()
    {
        await using var first = await site.VisitAsync();
        await first.OpenAsync($"/console/sign-in/link/{ConsoleSite.Link}");
        await first.SeesAsync("owner");
        await using var second = await site.VisitAsync();
        (await second.OpenAsync($"/console/sign-in/link/{ConsoleSite.Link}"))!.Status.ShouldBe(401);
        await second.SeesAsync("This link was used already");
    }

    [BrowserFact]
    public async Task Script_in_a_comment_is_text()
    {
        const string Script = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">";
        await using var ada = await (await site.VisitAsync()).SignInAsync(ConsoleSite.Editor);
        await ada.OpenAsync(Page);
        await ada.Page.GetByLabel("Your comment").FillAsync(Script);
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Add comment" }).ClickAsync();
        await ada.SeesAsync(Script);
        (await ada.Page.TitleAsync()).ShouldNotBe("taken");
        await ada.OpenAsync($"/console/experiments/{Uri.EscapeDataString("<script>x")}");
        await ada.SeesAsync("There is no experiment “<script>x”");
    }

    [BrowserFact]
    public async Task A_viewer_cannot_save_and_keeps_what_he_sent()
    {
        await using var eve = await (await site.VisitAsync()).SignInAsync(ConsoleSite.Viewer);
        await eve.OpenAsync(Page);
        (await eve.Page.Locator("#splitform").CountAsync()).ShouldBe(0);
        await eve.Page.EvaluateAsync(
            """
            () => {
              const form = document.querySelector("form[action$='/comments']");
              form.action = form.action.replace("/comments", "/split");
              form.innerHTML += '<input name="share.control" value="77"><input name="share.explore" value="23">';
              form.querySelector("textarea").removeAttribute("required");
            }
            """);
        await eve.Page.GetByRole(AriaRole.Button, new() { Name = "Add comment" }).ClickAsync();
        await eve.SeesAsync("Your role is viewer, and this needs editor. Nothing was saved.");
        await eve.SeesAsync("77");
        (await ShareAsync()).ShouldBe(0.5);
    }

    [BrowserFact]
    public async Task A_form_with_a_forged_token_or_of_somebody_signed_out_is_kept_and_can_be_sent_again()
    {
        await using var ada = await (await site.VisitAsync()).SignInAsync(ConsoleSite.Editor);
        await ada.OpenAsync(Page);
        await ada.Page.EvaluateAsync("() => { document.querySelector(\"form[action$='/comments'] input[name='form-token']\").value = 'forged'; }");
        await ada.Page.GetByLabel("Your comment").FillAsync("typed with care");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Add comment" }).ClickAsync();
        await ada.SeesAsync("This form did not come from a page of yours");
        await ada.SeesAsync("typed with care");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Send it again" }).ClickAsync();
        await ada.SeesAsync("Your comment was added.");

        await ada.Page.GetByLabel("Your comment").FillAsync("typed while signed out");
        await ada.Page.Context.ClearCookiesAsync();
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Add comment" }).ClickAsync();
        await ada.SeesAsync("You are signed out. Nothing was saved.");
        await ada.SeesAsync("typed while signed out");
    }

    [BrowserFact]
    public async Task An_edit_of_somebody_else_is_announced_and_not_overwritten()
    {
        await using var ada = await (await site.VisitAsync()).SignInAsync(ConsoleSite.Editor);
        await ada.OpenAsync(Page);
        await ada.Page.Locator("#share-control").FillAsync("60");
        await ada.Page.Locator("#share-explore").FillAsync("40");
        using var http = new HttpClient { BaseAddress = site.Gateway };
        http.DefaultRequestHeaders.Add("X-Actor", "carl");
        using (var answer = await http.PostAsync("/v1/experiments/new-items/pause", null))
            answer.IsSuccessStatusCode.ShouldBeTrue();
        await Assertions.Expect(ada.Page.Locator("#changed")).ToContainTextAsync("carl has just changed this experiment.", new() { Timeout = 60_000 });
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await ada.SeesAsync("Somebody else edited this while you did.");
        await Assertions.Expect(ada.Page.Locator("#share-control")).ToHaveValueAsync("60");
        (await ShareAsync()).ShouldBe(0.5);
        using (var answer = await http.PostAsync("/v1/experiments/new-items/resume", null))
            answer.IsSuccessStatusCode.ShouldBeTrue();
    }

    [BrowserFact]
    public async Task Shares_that_are_no_numbers_are_told_with_the_fix()
    {
        await using var ada = await (await site.VisitAsync()).SignInAsync(ConsoleSite.Editor);
        await ada.OpenAsync(Page);
        await ada.Page.Locator("#share-control").FillAsync("half");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await ada.SeesAsync("must be a percentage from 0 to 100, such as 80");
        await Assertions.Expect(ada.Page.Locator("#share-control")).ToHaveValueAsync("half");
    }

    [BrowserFact]
    public async Task Every_fault_of_a_form_leads_to_its_field_and_reading_goes_on_there()
    {
        await using var ada = await (await site.VisitAsync()).SignInAsync(ConsoleSite.Editor);
        await ada.OpenAsync("/console/experiments/new");
        await ada.Page.Locator("#id").FillAsync("Not An Id");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Check, and show what it would do" }).ClickAsync();
        var summary = ada.Page.GetByRole(AriaRole.Alert);
        await Assertions.Expect(summary).ToBeFocusedAsync();
        await Assertions.Expect(summary.GetByRole(AriaRole.Link)).ToHaveCountAsync(2);
        await summary.GetByRole(AriaRole.Link, new() { NameRegex = new("^Hypothesis: must say") }).ClickAsync();
        await Assertions.Expect(ada.Page.Locator("#hypothesis")).ToBeFocusedAsync();
        await Assertions.Expect(ada.Page.Locator("#id")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(ada.Page.Locator("#id")).ToHaveAccessibleDescriptionAsync(new System.Text.RegularExpressions.Regex("must be 1 to 64 characters"));
        await Assertions.Expect(ada.Page.Locator("#id")).ToHaveValueAsync("Not An Id");
        await Assertions.Expect(ada.Page.Locator("#arm-2-id")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "One more arm" }).ClickAsync();
        await Assertions.Expect(ada.Page.Locator("#arm-2-id")).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task Shares_that_make_no_whole_are_told_in_percent()
    {
        await using var ada = await (await site.VisitAsync()).SignInAsync(ConsoleSite.Editor);
        await ada.OpenAsync(Page);
        await ada.Page.Locator("#share-control").FillAsync("70");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await ada.SeesAsync("The shares add up to 120 %: they must add up to 100 %.");
    }

    [BrowserFact]
    public async Task An_address_of_nothing_is_a_page_that_leads_on()
    {
        await using var eve = await (await site.VisitAsync()).SignInAsync(ConsoleSite.Viewer);
        (await eve.OpenAsync("/console/nowhere/at-all"))!.Status.ShouldBe(404);
        await eve.SeesAsync("There is no such page");
        await eve.Page.GetByRole(AriaRole.Link, new() { Name = "All experiments" }).ClickAsync();
        await Assertions.Expect(eve.Page.GetByRole(AriaRole.Heading, new() { Name = "Experiments" })).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_layer_is_made_and_what_was_refused_stays_in_its_own_form()
    {
        await using var root = await (await site.VisitAsync()).SignInAsync(ConsoleSite.Admin);
        await root.OpenAsync("/console/layers");
        await root.Page.Locator("#new-layer").FillAsync("made-here");
        await root.Page.GetByRole(AriaRole.Button, new() { Name = "Make the layer" }).ClickAsync();
        await root.SeesAsync("The layer was made");
        await root.Page.Locator("#holdout-made-here").FillAsync("half");
        await root.Page.GetByRole(AriaRole.Button, new() { Name = "Save what is held out of made-here" }).ClickAsync();
        await root.SeesAsync("must be a percentage from 0 to 100");
        await Assertions.Expect(root.Page.Locator("#holdout-made-here")).ToHaveValueAsync("half");
        await Assertions.Expect(root.Page.Locator("#holdout-candidates")).ToHaveValueAsync("0");
    }

    private async Task<double> ShareAsync()
    {
        using var http = new HttpClient { BaseAddress = site.Gateway };
        var view = await http.GetFromJsonAsync<System.Text.Json.JsonElement>("/v1/experiments/new-items");
        return view.GetProperty("arms")[0].GetProperty("share").GetDouble();
    }
}
