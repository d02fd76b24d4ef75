using Shouldly;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Catalog;
using Splitrail.ExperimentSvc.Results.Shown;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Results.Shown;

public sealed class ArmSpreadTests
{
    private static readonly OfferedItems s_offered = OfferedItems.None.After(new CatalogFeedResponse(
        Outcomes.Changed, 3, true, [Item("a", "x"), Item("b", "x"), Item("c", "y"), Item("d", ""), Item("hidden", "z") with { Hidden = true }]));

    [Fact]
    public void Arms_of_different_size_are_compared_at_as_many_impressions()
    {
        var view = ArmSpread.Of([("small", Shown(("a", 2), ("c", 2))), ("large", Shown(("a", 5), ("b", 5), ("c", 10)))], s_offered, default);
        (view.CatalogueItems, view.ComparedAt, view.NotYet).ShouldBe((4, 4, null));
        var (small, large) = (view.Arms[0], view.Arms[1]);
        (small.Impressions, small.Items, small.Coverage, small.ComparedCoverage).ShouldBe((4, 2, 0.5, 0.5));
        large.Coverage.ShouldBe(0.75);
        large.ComparedCoverage!.Value.ShouldBeInRange(0.5, 0.74);
        (large.Categories, large.CategoryEntropy, large.EffectiveCategories).ShouldBe((2, 1, 2));
    }

    [Fact]
    public void What_is_not_offered_counts_as_shown_and_covers_nothing()
    {
        var arm = ArmSpread.Of([("one", Shown(("hidden", 7), ("gone", 1), ("d", 2)))], s_offered, default).Arms.Single();
        (arm.Impressions, arm.Items, arm.Coverage).ShouldBe((10, 3, 0.25));
        (arm.Categories, arm.CategoryEntropy).ShouldBe((0, null), "an item without a category is in none");
    }

    [Fact]
    public void Without_a_catalogue_or_impressions_there_are_no_shares_and_a_reason()
    {
        var unknown = ArmSpread.Of([("one", Shown(("a", 7)))], null, default);
        (unknown.NotYet!.Reason, unknown.CatalogueItems, unknown.Arms[0].Impressions, unknown.Arms[0].Coverage).ShouldBe(("no_catalogue", null, 7, null));
        var nothing = ArmSpread.Of([("one", Shown(("a", 7))), ("other", Shown())], s_offered, default);
        (nothing.NotYet!.Reason, nothing.ComparedAt, nothing.Arms[0].ComparedCoverage, nothing.Arms[1].Coverage).ShouldBe(("nothing_shown", null, null, 0));
        ArmSpread.Of([("one", Shown(("a", 7)))], OfferedItems.None, default).Arms[0].Coverage.ShouldBeNull();
    }

    private static CatalogItem Item(string id, string category) => new(id, id, category, null, null);

    private static Dictionary<string, long> Shown(params (string Item, long Times)[] items) => items.ToDictionary(static one => one.Item, static one => one.Times);
}
