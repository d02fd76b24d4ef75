using System.Net.Http.Json;
using Splitrail.Contracts;
using Splitrail.Local;
using Xunit;

namespace Splitrail.Tests.Suite.Shop;

/// <summary>The demo shop with some more items, Vietnamese as the language of search and synonyms from a file, for the tests that search.</summary>
public sealed class SearchedShop : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private InProcessSuite? _suite;

    internal ShopClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var options = await TrainedShop.CopyAsync();
        var synonyms = Path.Combine(options.StateDirectory, "synonyms.txt");
        await File.WriteAllTextAsync(synonyms, "zorbglas, quixmug\n");
        _suite = new InProcessSuite(options with
        {
            ExtraArguments = new Dictionary<string, IReadOnlyList<string>>
            {
                // No cached page, so that a test sees the catalogue as it is; and time enough, since what is found is looked at here and not how fast.
                [AppIds.Gateway] = ["--Gateway:ResponseCacheTtl=00:00:00", "--Gateway:LookupTimeout=00:00:05", .. TrainedShop.Patient],
                [AppIds.Candidate] = ["--CandidateSvc:Search:Analyzer=vietnamese", $"--CandidateSvc:Search:Synonyms={synonyms}"],
            },
        });
        await _suite.StartAsync();
        await SuiteReadiness.WaitAsync(_suite.Layout, _http, TimeSpan.FromMinutes(1), static _ => { });
        Client = new ShopClient(_suite.Layout.Gateway);
    }

    /// <summary>As the owner of the catalogue does it.</summary>
    internal async Task UpsertAsync(params CatalogItem[] items)
    {
        using var answer = await _http.PostAsJsonAsync(
            new Uri(_suite!.Layout[AppIds.Feature].Address, InnerPaths.CatalogUpsert), new CatalogUpsertRequest(items), ContractsJson.Default.CatalogUpsertRequest);
        answer.EnsureSuccessStatusCode();
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        _http.Dispose();
        await _suite!.DisposeAsync();
    }
}
