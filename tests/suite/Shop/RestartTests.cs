using System.Net;
using Shouldly;
using Splitrail.Local;
using Xunit;

namespace Splitrail.Tests.Suite.Shop;

public sealed class RestartTests
{
    [Fact]
    public async Task What_was_told_before_a_restart_is_known_after_it()
    {
        var options = await TrainedShop.CopyAsync();
        string user, item;
        await using (var before = await StartAsync(options))
        {
            using var client = new ShopClient(before.Layout.Gateway);
            user = (await client.UsersAsync(1))[0];
            item = (await client.RecommendAsync(new { user_id = user, num_items = 1 })).Items[0];
            (await client.PostAsync("/v1/events", new { event_id = "before-restart", type = "purchase", user_id = user, item_id = item })).ShouldBe(HttpStatusCode.Accepted);
        }

        await using var after = await StartAsync(options);
        using var again = new ShopClient(after.Layout.Gateway);
        await Eventually.ReachesAsync(
            () => again.RecommendAsync(new { user_id = user, num_items = 100 }),
            answer => answer.Level == 0 && !answer.Items.Contains(item),
            "the purchase from before the restart is known");
    }

    private static async Task<InProcessSuite> StartAsync(SuiteOptions options)
    {
        var suite = new InProcessSuite(options);
        await suite.StartAsync();
        using var http = new HttpClient();
        await SuiteReadiness.WaitAsync(suite.Layout, http, TimeSpan.FromMinutes(1), static _ => { });
        return suite;
    }
}
