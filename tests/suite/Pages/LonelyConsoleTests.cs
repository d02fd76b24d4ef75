using System.Net;
using Shouldly;
using Splitrail.Tests.Suite.Servers;
using Splitrail.Tests.Suite.Stores;
using Xunit;

namespace Splitrail.Tests.Suite.Pages;

/// <summary>The console while no other service answers: each panel says what it misses, and the rest of the page is there.</summary>
[Collection(PostgresTests.Name)]
public sealed class LonelyConsoleTests(PostgresServer postgres)
{
    private const string Link = "a-link-that-signs-in-once";

    [Theory]
    [InlineData("/console", "The last hour", "Nobody in an experiment asked for a list")]
    [InlineData("/console/system", "ranking-svc", "Lists keep the candidates&#x27; order meanwhile.", "The gateway does not answer the console.")]
    [InlineData("/console/models", "ranking-svc does not answer the console.", "None was published yet")]
    [InlineData("/console/weights", "Ranking weights", "Everywhere")]
    [InlineData("/console/rules", "There is none: the models decide alone.")]
    public async Task A_service_that_is_away_empties_its_own_panel_only(string path, params string[] said)
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var service = await store.ExperimentAsync($"--ExperimentSvc:Console:LinkToken={Link}");
        (await service.Http.GetAsync($"/console/sign-in/link/{Link}")).EnsureSuccessStatusCode();
        using var answer = await service.Http.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await answer.Content.ReadAsStringAsync();
        foreach (var text in said)
            page.ShouldContain(text);
    }
}
