using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Tests.Unit.Datasets;
using Splitrail.Trainer;
using Splitrail.Trainer.DemoShop;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.DemoShop;

public sealed class DemoShopGeneratorTests(DemoShopScene scene) : IClassFixture<DemoShopScene>
{
    private static readonly DemoShopOptions Small = new(Seed: 7, Users: 40, Guests: 300, Items: 120, Days: 20);

    [Fact]
    public void A_seed_means_the_same_shop_on_every_machine()
    {
        using var folder = new TemporaryFolder();
        DemoShopScene.Make(Small, folder["shop"]);
        // Changes only with the recipe; then every published number of the demo shop changes too.
        var events = File.ReadAllBytes(Path.Combine(folder["shop"], "events.tsv"));
        Convert.ToHexStringLower(SHA256.HashData(events)).ShouldBe("b29d2647b1b661db82bc0f02d720b195f1fe39939c8e2eaccd86a2bf3fef3f0e");
    }

    [Fact]
    public void Another_seed_makes_another_shop() => Make(Small with { Seed = 8 }).ShouldNotBe(Make(Small));

    [Fact]
    public void Guests_do_the_same_whoever_else_shops()
    {
        using var folder = new TemporaryFolder();
        DemoShopScene.Make(Small, folder["all"]);
        DemoShopScene.Make(Small with { Users = 0, Guests = 200 }, folder["few"]);
        var few = GuestLines(folder["few"]);
        few.ShouldNotBeEmpty();
        GuestLines(folder["all"]).Intersect(few).Count().ShouldBe(few.Count);
    }

    [Fact]
    public void There_are_as_many_users_guests_and_items_as_asked_for()
    {
        scene.Manifest.GuestSessions.ShouldBe(20_000);
        scene.Manifest.Users.ShouldBe(2_000);
        scene.Manifest.Items.ShouldBe(1_000);
    }

    [Fact]
    public void About_91_percent_of_the_sessions_are_guests_or_users_with_fewer_than_five_events()
    {
        var events = scene.Events.Where(row => row.UserId is not null).CountBy(row => row.UserId!).ToDictionary();
        var cold = scene.Sessions.Count(session => session[0].UserId is not { } user || events[user] < 5);
        ((double)cold / scene.Sessions.Count).ShouldBe(0.91, 0.015);
    }

    [Fact]
    public void Popularity_has_a_long_tail()
    {
        var counts = scene.Events.CountBy(row => row.ItemId).Select(item => item.Value).OrderDescending().ToList();
        var total = (double)counts.Sum();
        (counts.Take(200).Sum() / total).ShouldBeGreaterThan(0.5);
        counts.Count.ShouldBeGreaterThan(950);
    }

    [Fact]
    public void Titles_differ_and_prices_and_stock_are_believable()
    {
        scene.Items.Select(item => item.Title).Distinct().Count().ShouldBe(scene.Items.Count);
        scene.Items.Select(item => item.Category).Distinct().Count().ShouldBe(DemoCategory.All.Count);
        scene.Items.ShouldAllBe(item => item.Price >= 1 && item.Price < 2_000 && item.Stock >= 0);
        (scene.Items.Count(item => item.Stock == 0) / 1_000.0).ShouldBe(0.04, 0.02);
    }

    [Fact]
    public void Every_visit_walks_down_the_funnel()
    {
        string[] funnel = [EventTypes.View, EventTypes.Click, EventTypes.AddToCart, EventTypes.Purchase, EventTypes.Rating];
        var done = new HashSet<(string?, string, string)>();
        foreach (var row in scene.Events)
        {
            var step = Array.IndexOf(funnel, row.Type);
            step.ShouldBeGreaterThanOrEqualTo(0);
            if (step > 0) done.ShouldContain((row.SessionId, row.ItemId, funnel[step - 1]));
            done.Add((row.SessionId, row.ItemId, row.Type));
        }
        var counts = funnel.Select(type => scene.Events.Count(row => row.Type == type)).ToList();
        counts.ShouldBe(counts.OrderDescending());
        counts[^1].ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Nobody_shops_otherwise_for_having_rated()
    {
        using var folder = new TemporaryFolder();
        DemoShopScene.Make(Small, folder["shop"]);
        var others = File.ReadLines(Path.Combine(folder["shop"], "events.tsv")).Where(static line => !line.Contains("\trating\t"));
        // Of the shop as it was before there were ratings.
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(others.Select(static line => line + "\n"))))).ShouldBe("922c83e016fffa769988ac073af1d753d182e52762b2e0ee519f7bec468755a9");
    }

    [Fact]
    public void Stars_follow_the_taste_of_who_gives_them()
    {
        var population = new DemoPopulation(DemoShopScene.Options);
        var given = scene.Events.Where(static row => row is { Type: EventTypes.Rating, UserId: not null })
            .Select(row => (Stars: row.ValueMicros / 1e6, Who: population.User(int.Parse(row.UserId![1..], CultureInfo.InvariantCulture) - 1), Item: population.Find(row.ItemId)!))
            .Select(static one => (one.Stars, Appeal: ClickModel.Appeal(one.Who, one.Item, one.Who.Taste))).OrderBy(static one => one.Appeal).ToArray();
        given.Length.ShouldBeGreaterThan(150);
        given.ShouldAllBe(one => one.Stars >= 1 && one.Stars <= 5);
        given[(given.Length / 2)..].Average(static one => one.Stars).ShouldBeGreaterThan(given[..(given.Length / 2)].Average(static one => one.Stars) + 0.4);
    }

    [Fact]
    public void Dear_items_are_bought_less_often_once_seen()
    {
        var medians = DemoCategory.All.ToDictionary(category => category.Name, category => (decimal)category.MedianPrice);
        var dear = scene.Items.Where(item => item.Price > 1.3m * medians[item.Category]).Select(item => item.ItemId).ToHashSet();
        var cheap = scene.Items.Where(item => item.Price < 0.75m * medians[item.Category]).Select(item => item.ItemId).ToHashSet();
        ShareInCart(dear).ShouldBeLessThan(ShareInCart(cheap) * 0.9);
    }

    [Theory]
    [InlineData(-1, 10, 100, 10, "--users -1")]
    [InlineData(10, -1, 100, 10, "--guests -1")]
    [InlineData(10, 10, 99, 10, "--items 99")]
    [InlineData(10, 10, 100, 0, "--days 0")]
    [InlineData(0, 0, 100, 10, "nobody")]
    public void Numbers_out_of_range_are_told(int users, int guests, int items, int days, string told) =>
        Should.Throw<InputException>(() => new DemoShopOptions(1, users, guests, items, days).Validated()).Message.ShouldContain(told);

    private double ShareInCart(HashSet<string> items) =>
        scene.Events.Count(row => row.Type == EventTypes.AddToCart && items.Contains(row.ItemId)) /
        (double)scene.Events.Count(row => row.Type == EventTypes.View && items.Contains(row.ItemId));

    private static string Make(DemoShopOptions options)
    {
        using var folder = new TemporaryFolder();
        return DemoShopScene.Make(options, folder["shop"]).Fingerprint;
    }

    private static List<string> GuestLines(string folder) => [.. File.ReadLines(Path.Combine(folder, "events.tsv")).Where(line => line.Contains("\tg"))];
}
