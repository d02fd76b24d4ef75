using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.Tests.Suite.Gateway;
using Xunit;
using Xunit.Abstractions;

namespace Splitrail.Tests.Suite.Shop;

public sealed class SearchTests(SearchedShop shop, ITestOutputHelper output) : IClassFixture<SearchedShop>
{
    [Fact]
    public async Task A_new_item_is_found_by_words_and_by_content_as_soon_as_the_feed_brought_it()
    {
        await shop.UpsertAsync(Item("blorp-1", "Zyxblorp enamel coffee pot"), Item("blorp-2", "Zyxblorp enamel milk pot"));
        var started = Stopwatch.GetTimestamp();

        await FindsAsync("zyxblorp", "blorp-1", "blorp-2");
        output.WriteLine($"found after {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms");
        await Eventually.ReachesAsync(
            () => shop.Client.GetAsync("/v1/items/blorp-1/similar?num_items=3"), static answer => answer.ItemIds() is ["blorp-2", ..], "the other pot is the most alike");

        // What the machine adds to it is not the suite's: the feed itself asks often enough that a change is there within a second.
        var interval = FeedOptions.From(new ConfigurationBuilder().Build()).PollInterval;
        (interval * 1.2).ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task What_is_hidden_or_renamed_is_not_found_by_its_old_words()
    {
        await shop.UpsertAsync(Item("fleet-1", "Wumpfleet lantern"), Item("fleet-2", "Wumpfleet candle"));
        await FindsAsync("wumpfleet", "fleet-1", "fleet-2");

        await shop.UpsertAsync(Item("fleet-1", "Wumpfleet lantern") with { Hidden = true }, Item("fleet-2", "Krakfleet candle"));

        await FindsAsync("krakfleet", "fleet-2");
        (await SearchAsync("wumpfleet")).GetProperty("items").EnumerateArray().Select(Id).ShouldNotContain("fleet-1");
        (await SearchAsync("wumpfleet")).GetProperty("total").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task An_item_of_the_shop_is_found_by_its_title_with_a_mistake_and_by_a_beginning()
    {
        var item = (await shop.Client.GetAsync("/v1/popular?num_items=1")).GetProperty("items")[0];
        var title = item.GetProperty("metadata").GetProperty("title").GetString()!;
        var words = title.Split(' ');
        var longest = words.MaxBy(static word => word.Length)!;

        (await SearchAsync(title)).ItemIds()[0].ShouldBe(Id(item));
        (await SearchAsync(title[..^1])).ItemIds().ShouldContain(Id(item));
        var mistyped = await SearchAsync(title.Replace(longest, longest.Remove(2, 1), StringComparison.Ordinal));
        mistyped.ItemIds().Take(5).ShouldContain(Id(item), mistyped.ToString());
    }

    [Fact]
    public async Task A_mistake_is_told()
    {
        await shop.UpsertAsync(Item("tell-1", "Marzipanator deluxe"));
        await FindsAsync("marzipanator", "tell-1");

        var answer = await SearchAsync("marzipantaor");

        answer.ItemIds().ShouldBe(["tell-1"]);
        answer.GetProperty("did_you_mean").GetString().ShouldBe("marzipanator");
        (await SearchAsync("marzipanator")).TryGetProperty("did_you_mean", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Vietnamese_is_found_without_its_marks()
    {
        await shop.UpsertAsync(Item("vn-1", "Áo sơ mi trắng", "thời trang"), Item("vn-2", "Đồng hồ treo tường", "trang trí"));

        await FindsAsync("ao so mi trang", "vn-1");
        await FindsAsync("áo sơ mi", "vn-1");
        await FindsAsync("dong ho", "vn-2");
        await FindsAsync("đồng hồ", "vn-2");
    }

    [Fact]
    public async Task Facets_count_what_a_filter_would_show()
    {
        await shop.UpsertAsync(
            Item("facet-1", "Quumble jug", "jugs", 3m), Item("facet-2", "Quumble bowl", "bowls", 4m), Item("facet-3", "Quumble tureen", "bowls", 12m));
        await FindsAsync("quumble", "facet-1", "facet-2", "facet-3");

        var answer = await SearchAsync("quumble", "&facets=true&category=bowls");

        answer.ItemIds().ShouldBe(["facet-2", "facet-3"], ignoreOrder: true);
        var facets = answer.GetProperty("facets");
        Counts(facets.GetProperty("categories"), "category").ShouldBe([("bowls", 2), ("jugs", 1)]);
        Counts(facets.GetProperty("prices"), "from").ShouldBe([("2", 1), ("10", 1)]);
        (await SearchAsync("quumble", "&category=bowls&max_price=4")).ItemIds().ShouldBe(["facet-2"]);
    }

    [Fact]
    public async Task Pages_follow_each_other()
    {
        await shop.UpsertAsync([.. Enumerable.Range(0, 25).Select(static i => Item($"page-{i:00}", $"Vlortwick plate number {i}"))]);
        await Eventually.ReachesAsync(() => SearchAsync("vlortwick"), static answer => answer.GetProperty("total").GetInt32() == 25, "all plates are found");

        var pages = new List<string>();
        foreach (var offset in new[] { 0, 10, 20 })
            pages.AddRange((await SearchAsync("vlortwick", $"&offset={offset}")).ItemIds().Where(static id => id.StartsWith("page-", StringComparison.Ordinal)));

        pages.Count.ShouldBe(25);
        pages.ShouldBeUnique();
    }

    [Fact]
    public async Task Nothing_found_is_answered_by_popular_items_that_are_called_so()
    {
        var answer = await SearchAsync("qqxxzzyyww");

        answer.GetProperty("total").GetInt32().ShouldBe(0);
        answer.GetProperty("reason").GetString().ShouldBe("Nothing matches; these are popular.");
        answer.ItemIds().ShouldBe((await shop.Client.GetAsync("/v1/popular")).ItemIds());
        answer.GetProperty("items").EnumerateArray().ShouldAllBe(static item => item.GetProperty("sources")[0].GetString() == "popular");
        answer.Level().ShouldBe(0);
    }

    [Fact]
    public async Task Synonyms_of_the_file_are_used()
    {
        await shop.UpsertAsync(Item("syn-1", "Quixmug for giants"));
        await FindsAsync("zorbglas", "syn-1");
    }

    [Fact]
    public async Task A_shopper_gets_the_same_matches_in_his_own_order()
    {
        var user = (await shop.Client.UsersAsync(1))[0];
        var word = (await shop.Client.GetAsync("/v1/popular?num_items=1")).GetProperty("items")[0].GetProperty("metadata").GetProperty("title").GetString()!.Split(' ')[^1];
        var (nobodys, his) = (await SearchAsync(word, "&num_items=500"), await SearchAsync(word, $"&num_items=500&user_id={user}"));

        his.Level().ShouldBe(0);
        his.GetProperty("total").GetInt32().ShouldBe(nobodys.GetProperty("total").GetInt32());
        Matches(his).Order().ShouldBe(Matches(nobodys).Order());
    }

    private Task<JsonElement> SearchAsync(string query, string more = "") => shop.Client.GetAsync($"/v1/search?q={Uri.EscapeDataString(query)}{more}");

    private Task<JsonElement> FindsAsync(string query, params string[] items) => Eventually.ReachesAsync(
        () => SearchAsync(query), answer => Matches(answer).Order(StringComparer.Ordinal).SequenceEqual(items), $"'{query}' finds {string.Join(", ", items)}");

    private static IEnumerable<string> Matches(JsonElement answer) => answer.GetProperty("items").EnumerateArray()
        .Where(static item => item.GetProperty("sources")[0].GetString() == SearchMatches.Words).Select(Id);

    private static IEnumerable<(string, int)> Counts(JsonElement facet, string name) =>
        facet.EnumerateArray().Select(value => (value.GetProperty(name).ToString(), value.GetProperty("count").GetInt32()));

    private static string Id(JsonElement item) => item.GetProperty("item_id").GetString()!;

    private static CatalogItem Item(string id, string title, string category = "searched", decimal price = 5m) => new(id, title, category, price, 10);
}
