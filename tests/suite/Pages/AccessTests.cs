using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Splitrail.Tests.Suite.Pages;

/// <summary>The console for those who use a narrow screen, a keyboard, no script, or a screen reader.</summary>
[Collection(ConsoleSiteCollection.Name)]
public sealed class AccessTests(ConsoleSite site)
{
    private static readonly string[] s_pages =
    [
        "/console", "/console/experiments", "/console/experiments/new-items", "/console/experiments/new-items/results", "/console/experiments/new", "/console/experiments/new-items/edit",
        "/console/experiments/new-items/results?dimension=account", "/console/layers", "/console/flags", "/console/models", "/console/weights", "/console/rules", "/console/rules/new", "/console/system",
        "/console/nowhere", "/console/try-it?experiment=new-items&q=mug", "/demo", "/demo/items/sku-00001", "/demo/search?q=mug", "/demo/cart",
    ];

    [BrowserFact]
    public async Task No_page_is_wider_than_a_small_phone()
    {
        await using var root = await (await site.VisitAsync(360)).SignInAsync(ConsoleSite.Admin);
        foreach (var path in s_pages)
        {
            await root.OpenAsync(path);
            (await root.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(360, path);
        }
    }

    [BrowserFact]
    public async Task A_split_is_edited_with_the_keyboard_alone()
    {
        await using var visitor = await site.VisitAsync();
        await visitor.OpenAsync("/console/sign-in?to=/console/experiments/new-items");
        await visitor.Page.Keyboard.TypeAsync(ConsoleSite.Editor);
        await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.TypeAsync(ConsoleSite.KeyOf(ConsoleSite.Editor));
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.SeesAsync("Nothing is saved before you have seen what it would do.");
        await visitor.TabToAsync("el => el.getAttribute('role') === 'slider'");
        for (var i = 0; i < 3; i++)
            await visitor.Page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(visitor.Page.Locator("#share-control")).ToHaveValueAsync("53");
        await Assertions.Expect(visitor.Page.Locator("#share-explore")).ToHaveValueAsync("47");
        await visitor.TabToAsync("el => el.textContent === 'Preview'");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.SeesAsync("of the layer's users change hands");
        await Assertions.Expect(visitor.Page.Locator(".preview")).ToContainTextAsync("3 %");
    }

    [BrowserFact]
    public async Task Forms_work_without_script()
    {
        await using var ada = await (await site.VisitAsync(script: false)).SignInAsync(ConsoleSite.Editor);
        await ada.OpenAsync("/console/experiments/new-items");
        await ada.Page.Locator("#share-control").FillAsync("55");
        await ada.Page.Locator("#share-explore").FillAsync("45");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await ada.SeesAsync("of the layer's users change hands");
    }

    [BrowserFact]
    public async Task An_accessibility_check_finds_nothing_serious_on_any_page_in_light_and_dark()
    {
        var axe = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "axe.min.js"));
        await using var root = await (await site.VisitAsync()).SignInAsync(ConsoleSite.Admin);
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await root.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            foreach (var path in s_pages)
            {
                await root.OpenAsync(path);
                await CheckAsync(root.Page, axe, $"{path}, {scheme}");
            }
        }
    }

    [BrowserFact]
    public async Task A_form_that_was_refused_and_one_with_its_preview_are_accessible_too()
    {
        var axe = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "axe.min.js"));
        await using var root = await (await site.VisitAsync(360)).SignInAsync(ConsoleSite.Admin);
        await root.OpenAsync("/console/experiments/new");
        await root.Page.GetByRole(AriaRole.Button, new() { Name = "Check, and show what it would do" }).ClickAsync();
        await root.SeesAsync("Nothing was saved.");
        await CheckAsync(root.Page, axe, "a refused form");
        await root.OpenAsync("/console/experiments/new-items");
        await root.Page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Assertions.Expect(root.Page.Locator(".preview")).ToBeFocusedAsync();
        await CheckAsync(root.Page, axe, "a preview");
        (await root.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(360);
    }

    private static async Task CheckAsync(IPage page, string axe, string what)
    {
        await page.WaitForLoadStateAsync(LoadState.Load);
        await page.EvaluateAsync(axe);
        var found = await page.EvaluateAsync<string[]>(
            """
            async () => (await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })).violations
              .filter(one => one.impact === "serious" || one.impact === "critical")
              .map(one => `${one.id}: ${one.nodes.map(node => node.html).join(" | ").slice(0, 400)}`)
            """);
        found.ShouldBeEmpty(what);
    }

    [BrowserFact]
    public async Task Pages_are_small()
    {
        await using var root = await (await site.VisitAsync()).SignInAsync(ConsoleSite.Admin);
        foreach (var path in s_pages)
        {
            var bytes = 0;
            void Count(object? sender, IResponse response) => bytes += response.Headers.TryGetValue("content-length", out var length) ? int.Parse(length) : 0;
            root.Page.Response += Count;
            var page = await root.OpenAsync(path);
            root.Page.Response -= Count;
            (bytes + (await page!.BodyAsync()).Length).ShouldBeLessThan(300_000, path);
        }
    }
}
