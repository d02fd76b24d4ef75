using Shouldly;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Catalog;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Catalog;

public sealed class OfferedItemsTests
{
    [Fact]
    public void A_change_adds_moves_and_hides_and_a_full_answer_replaces()
    {
        var first = OfferedItems.None.After(new CatalogFeedResponse(Outcomes.Changed, 1, true, [Item("a", "x"), Item("b", "x"), Item("c", "y")]));
        var second = first.After(new CatalogFeedResponse(Outcomes.Changed, 2, false, [Item("a", "y"), Item("b", "x") with { Hidden = true }, Item("d", "")]));
        (second.Version, second.Count).ShouldBe((2, 3));
        (second.CategoryOf("a"), second.CategoryOf("b"), second.CategoryOf("c"), second.CategoryOf("d")).ShouldBe(("y", null, "y", ""));
        (first.Count, first.CategoryOf("a")).ShouldBe((3, "x"), "who reads the one before goes on reading it");
        second.After(new CatalogFeedResponse(Outcomes.Changed, 3, true, [Item("e", "z")])).Count.ShouldBe(1);
    }

    private static CatalogItem Item(string id, string category) => new(id, id, category, null, null);
}
