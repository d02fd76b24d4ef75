using Splitrail.Contracts;
using Splitrail.Local;
using Xunit;

namespace Splitrail.Tests.Suite.Shop;

/// <summary>The demo shop served by the whole suite in this process, shared by the tests that only read.</summary>
public sealed class RunningShop : IAsyncLifetime
{
    private InProcessSuite? _suite;

    internal InProcessSuite Suite => _suite ?? throw new InvalidOperationException("The shop is not started yet.");

    internal SuiteOptions Options { get; private set; } = null!;

    internal ShopClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Options = await TrainedShop.CopyAsync() with
        {
            // What is recommended is looked at here, not how fast: a busy machine must not turn it into a fallback.
            ExtraArguments = new Dictionary<string, IReadOnlyList<string>> { [AppIds.Gateway] = [.. TrainedShop.Patient, "--Gateway:ImpressionShare=1"] },
        };
        _suite = new InProcessSuite(Options);
        await _suite.StartAsync();
        using var http = new HttpClient();
        await SuiteReadiness.WaitAsync(_suite.Layout, http, TimeSpan.FromMinutes(1), static _ => { });
        Client = new ShopClient(_suite.Layout.Gateway);
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Suite.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class RunningShopCollection : ICollectionFixture<RunningShop>
{
    public const string Name = "running shop";
}
