using Shouldly;
using Splitrail.ExperimentSvc;
using Splitrail.Tests.Suite.Servers;
using Xunit;

namespace Splitrail.Tests.Suite.Pages;

/// <summary>Pages that look at the shop while nobody answers them.</summary>
public sealed class ShopAwayTests
{
    private const string Token = "the-link-of-the-lonely-console";

    [Fact]
    public async Task The_shop_window_says_that_the_shop_is_away_and_is_there()
    {
        await using var service = await StartAsync("--ExperimentSvc:Demo=true");

        foreach (var path in new[] { "/demo", "/demo/cart", "/demo/search?q=mug" })
        {
            var page = await service.Http.GetStringAsync(path);
            page.ShouldContain("The shop does not answer just now.", customMessage: path);
            page.ShouldContain("Search the shop", customMessage: path);
        }

        using var item = await service.Http.GetAsync("/demo/items/i1");
        ((int)item.StatusCode).ShouldBe(503);
        (await item.Content.ReadAsStringAsync()).ShouldContain("This cannot be shown just now");
        using var bought = await service.Http.PostAsync("/demo/items/i1/buy", new FormUrlEncodedContent([]));
        (await bought.Content.ReadAsStringAsync()).ShouldContain("This cannot be shown just now");
    }

    [Fact]
    public async Task Try_it_says_it_in_each_list()
    {
        await using var service = await StartAsync();
        await service.Http.GetStringAsync($"/console/sign-in/link/{Token}");

        var page = await service.Http.GetStringAsync("/console/try-it?experiment=new-items&user=u1&similar=i1&q=mug");

        page.ShouldContain("explore");
        page.Split("The shop does not answer just now.").Length.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task Where_the_setting_does_not_open_it_there_is_no_shop_window()
    {
        await using var service = await StartAsync();

        using var answer = await service.Http.GetAsync("/demo");

        ((int)answer.StatusCode).ShouldBe(404);
    }

    private static async Task<RunningService> StartAsync(params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("splitrail-away-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var service = await RunningService.StartAsync(
            static arguments => ExperimentApp.Build(arguments),
            [$"--ExperimentSvc:Database={Path.Combine(folder, "experiments.db")}", $"--ExperimentSvc:Console:LinkToken={Token}", .. settings]);
        await service.ReadyAsync();
        return service;
    }
}
