using Shouldly;
using Splitrail.Contracts;
using Splitrail.Policies;
using Xunit;

namespace Splitrail.Tests.Unit.RankingSvc.ReRankers;

public sealed class ExplorationReRankerTests
{
    private static readonly ReRankOptions s_options = new(ExplorationShare: 0.2, ExplorationMaxAgeDays: 5.5);

    /// <summary>The newer, the worse: i39 is the best and forty days old.</summary>
    private static readonly (float, string, double)[] s_items = [.. Enumerable.Range(0, 40).Select(i => (i / 40f, "a", 1.0))];

    [Fact]
    public void A_share_of_the_places_but_never_the_first_goes_to_new_items()
    {
        for (var user = 0; user < 50; user++)
        {
            var list = Of($"u{user}").Order(ReRankerNames.Exploration, s_options, 10, s_items);
            list[0].ShouldBe("i39");
            list.Distinct().Count().ShouldBe(10);
            list.Count(IsNew).ShouldBeInRange(1, 2);
            list.Where(static id => !IsNew(id)).ShouldBe(Enumerable.Range(0, 10).Select(i => $"i{39 - i}").Take(10 - list.Count(IsNew)));
        }
    }

    [Fact]
    public void The_same_shopper_draws_the_same_within_an_hour_and_another_seed_or_shopper_something_else()
    {
        string[] Draw(string user, string? seed, long minutes) =>
            Of(user, minutes).Order(ReRankerNames.Exploration, s_options with { ExplorationSeed = seed }, 20, s_items);

        Draw("u1", null, 0).ShouldBe(Draw("u1", null, 1));
        Enumerable.Range(0, 20).Select(i => string.Join(',', Draw($"u{i}", null, 0))).Distinct().Count().ShouldBeGreaterThan(5);
        Enumerable.Range(0, 20).Select(i => string.Join(',', Draw("u1", $"s{i}", 0))).Distinct().Count().ShouldBeGreaterThan(5);
    }

    [Fact]
    public void Every_new_item_is_drawn_about_as_often()
    {
        var draws = Enumerable.Range(0, 2000).SelectMany(user => Of($"u{user}").Order(ReRankerNames.Exploration, s_options, 5, s_items).Where(IsNew)).CountBy(static id => id).ToDictionary();
        draws.Keys.Order().ShouldBe(["i0", "i1", "i2", "i3", "i4"]);
        var mean = draws.Values.Average();
        draws.Values.ShouldAllBe(count => count > mean * 0.8 && count < mean * 1.2);
    }

    [Fact]
    public void A_drawn_item_has_the_chance_of_one_among_the_new_ones_and_no_other_has_any()
    {
        var bench = Of("u1");
        var list = bench.Order(ReRankerNames.Exploration, s_options, 10, s_items);
        bench.Drawn.Keys.ShouldBe(list.Where(IsNew), ignoreOrder: true);
        bench.Drawn.Values.ShouldAllBe(static chance => chance == 0.2f);
    }

    [Fact]
    public void Where_nothing_is_new_nothing_changes() =>
        Of("u").Order(ReRankerNames.Exploration, s_options with { ExplorationMaxAgeDays = 0 }, 3, s_items).ShouldBe(["i39", "i38", "i37"]);

    private static bool IsNew(string id) => int.Parse(id.AsSpan(1)) < 5;

    private static ReRankBench Of(string user, long minutes = 0)
    {
        var plain = new ReRankBench();
        return new ReRankBench { Request = plain.Request with { Unit = user, NowMs = plain.Request.NowMs + (minutes * 60_000) } };
    }
}
