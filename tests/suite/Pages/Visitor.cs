using Microsoft.Playwright;
using Shouldly;

namespace Splitrail.Tests.Suite.Pages;

/// <summary>Somebody at the console.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _faults = [];

    public Visitor(IBrowserContext context, IPage page, Uri site)
    {
        (_context, Page) = (context, page);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(site.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                _faults.Add($"asked for {request.Url}");
        };
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
                _faults.Add(message.Text);
        };
        page.PageError += (_, error) => _faults.Add(error);
    }

    public IPage Page { get; }

    public async Task<Visitor> SignInAsync(string name)
    {
        await Page.GotoAsync("/console/sign-in");
        await Page.GetByLabel("Name").FillAsync(name);
        await Page.GetByLabel("Key").FillAsync(ConsoleSite.KeyOf(name));
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Overview" })).ToBeVisibleAsync();
        return this;
    }

    public Task<IResponse?> OpenAsync(string path) => Page.GotoAsync(path);

    /// <summary>Opens what an action hides, and does it.</summary>
    public async Task ActAsync(string button)
    {
        await Page.Locator("summary", new() { HasTextString = button }).First.ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
    }

    /// <summary>Waits until a text is there, and the page it stands on is there as a whole: a browser draws the beginning of a page while the rest still arrives.</summary>
    public async Task SeesAsync(string text)
    {
        await Assertions.Expect(Page.GetByText(text).First).ToBeVisibleAsync();
        await Page.WaitForLoadStateAsync(LoadState.Load);
    }

    /// <summary>Presses the tab key until the element with the focus fulfils a condition, written as a function of script.</summary>
    public async Task TabToAsync(string condition)
    {
        for (var i = 0; i < 100; i++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await Page.EvaluateAsync<bool>($"() => ({condition})(document.activeElement)"))
                return;
        }

        throw new ShouldAssertException($"100 tabs did not lead to {condition}");
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        _faults.ShouldBeEmpty();
    }
}
