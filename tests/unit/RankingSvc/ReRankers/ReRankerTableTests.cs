using Shouldly;
using Splitrail.Contracts;
using Splitrail.Policies;
using Xunit;

namespace Splitrail.Tests.Unit.RankingSvc.ReRankers;

public sealed class ReRankerTableTests
{
    private static readonly (float, string, double)[] s_items = [(0.9f, "a", 1), (0.85f, "a", 10), (0.8f, "a", 100), (0.7f, "b", 1), (0.6f, "c", 1)];

    private readonly ReRankBench _bench = new();

    [Fact]
    public void Several_are_applied_in_the_order_of_their_names() =>
        _bench.Order("freshness+category_caps", new ReRankOptions(MaxPerCategory: 1, FreshnessWeight: 1, FreshnessHalfLifeDays: 0.5), 5, s_items).ShouldBe(["i0", "i3", "i4", "i1", "i2"]);

    [Fact]
    public void One_that_this_build_does_not_know_is_passed_over() =>
        _bench.Order("of_the_future+category_caps", new ReRankOptions(MaxPerCategory: 1), 3, s_items).ShouldBe(["i0", "i3", "i4"]);

    [Fact]
    public void Caps_leave_what_is_above_them_for_the_end_and_do_not_cap_the_unknown_category()
    {
        _bench.Order(ReRankerNames.CategoryCaps, new ReRankOptions(MaxPerCategory: 2), 5, s_items).ShouldBe(["i0", "i1", "i3", "i4", "i2"]);
        _bench.Order(ReRankerNames.CategoryCaps, new ReRankOptions(MaxPerCategory: 1), 3, (3f, "", 1), (2f, "", 1), (1f, "", 1)).ShouldBe(["i0", "i1", "i2"]);
    }

    [Fact]
    public void Freshness_lifts_the_newer_of_two_nearly_equal_ones()
    {
        (float, string, double)[] items = [.. Enumerable.Range(0, 40).Select(i => (i == 0 ? 0.5f : i == 39 ? 0.51f : 0.1f, "a", 1.0))];
        _bench.Order(ReRankerNames.Freshness, new ReRankOptions(FreshnessWeight: 0), 1, items).ShouldBe(["i39"]);
        _bench.Order(ReRankerNames.Freshness, new ReRankOptions(FreshnessHalfLifeDays: 10), 1, items).ShouldBe(["i0"]);
    }

    [Fact]
    public void A_price_outside_the_shoppers_band_costs_a_part_of_the_score()
    {
        var thrifty = new ReRankBench { Request = _bench.Request with { Context = UserContext.Empty with { MeanLogPrice = Math.Log(1.5) } } };
        thrifty.Order(ReRankerNames.PriceBand, new ReRankOptions(PriceWeight: 0.3), 5, s_items).ShouldBe(["i0", "i3", "i4", "i1", "i2"]);
        _bench.Order(ReRankerNames.PriceBand, new ReRankOptions(PriceWeight: 0.3), 2, s_items).ShouldBe(["i0", "i1"]);
        var browsing = new ReRankBench { Request = _bench.Request with { SessionItems = ["i2", "gone"] } };
        browsing.Order(ReRankerNames.PriceBand, new ReRankOptions(PriceWeight: 1), 1, s_items).ShouldBe(["i2"]);
    }
}
