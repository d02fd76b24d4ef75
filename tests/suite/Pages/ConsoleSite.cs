using Microsoft.Playwright;
using Splitrail.Contracts;
using Splitrail.Local;
using Splitrail.Tests.Suite.Shop;
using Xunit;

namespace Splitrail.Tests.Suite.Pages;

/// <summary>The whole suite with four people who may sign in, and a browser. Edits need a second person here.</summary>
public sealed class ConsoleSite : IAsyncLifetime
{
    public const string Editor = "ada";
    public const string Approver = "bob";
    public const string Viewer = "eve";
    public const string Admin = "root";
    public const string Link = "the-one-time-link-of-tests";

    /// <summary>What is looked at here is what a page says, not how fast: a busy machine must not turn it into a timeout.</summary>
    private static readonly Dictionary<string, string> s_longer = new() { ["controlPlane"] = "60s", ["features"] = "60s" };

    private InProcessSuite? _suite;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public Uri Gateway => _suite!.Layout.Gateway;

    internal ShopClient Shop { get; private set; } = null!;

    public static string KeyOf(string name) => $"{name}-has-a-long-key";

    public async Task InitializeAsync()
    {
        if (Chromium.Skip is not null)
            return;
        _suite = new InProcessSuite(await TrainedShop.CopyAsync(s_longer) with
        {
            ExtraArguments = new Dictionary<string, IReadOnlyList<string>>
            {
                [AppIds.Gateway] = [.. TrainedShop.Patient, "--Gateway:ProxyTimeout=00:01:00", "--Gateway:ImpressionShare=1"],
                [AppIds.Experiment] =
                [
                    .. Accounts(), $"--ExperimentSvc:Console:LinkToken={Link}", "--ExperimentSvc:RequireApproval=true", "--ExperimentSvc:EvaluationInterval=00:00:01", "--ExperimentSvc:Console:CurveStep=00:00:02",
                    "--ExperimentSvc:ShopTimeout=00:00:30", "--ExperimentSvc:Registry:CalibrationAfter=00:00:05", "--ExperimentSvc:Registry:CalibrationInterval=00:00:01",
                ],
            },
        });
        await _suite.StartAsync();
        using var http = new HttpClient();
        await SuiteReadiness.WaitAsync(_suite.Layout, http, TimeSpan.FromMinutes(1), static _ => { });
        Shop = new ShopClient(Gateway);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium.Path, Args = ["--no-sandbox", "--disable-gpu"] });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_suite is null)
            return;
        Shop.Dispose();
        await _suite.DisposeAsync();
    }

    /// <summary>A browser of its own for one person: nothing is shared with another's. It fails the test when a page breaks its policy or asks anybody else for anything.</summary>
    /// <param name="width">Pixels of the window.</param>
    /// <param name="script">False turns script off.</param>
    public async Task<Visitor> VisitAsync(int width = 1280, bool script = true)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Gateway.ToString(), ViewportSize = new ViewportSize { Width = width, Height = 900 }, JavaScriptEnabled = script,
            // What glides to its place is in none for a while, and a busy machine makes that long.
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(60_000);
        Assertions.SetDefaultExpectTimeout(60_000);
        return new Visitor(context, await context.NewPageAsync(), Gateway);
    }

    private static IEnumerable<string> Accounts()
    {
        foreach (var (i, (name, role)) in new[] { (Editor, "editor"), (Approver, "approver"), (Viewer, "viewer"), (Admin, "admin") }.Index())
        {
            var account = $"--ExperimentSvc:Console:Accounts:{i}";
            yield return $"{account}:Name={name}";
            yield return $"{account}:Role={role}";
            yield return $"{account}:Key={KeyOf(name)}";
        }
    }
}

[CollectionDefinition(Name)]
public sealed class ConsoleSiteCollection : ICollectionFixture<ConsoleSite>
{
    public const string Name = "console";
}
