using Shouldly;
using Splitrail.Contracts;
using Splitrail.Feeds;
using Xunit;

namespace Splitrail.Tests.Unit.Feeds;

public sealed class CatalogTests
{
    private static readonly Catalog s_first = Catalog.Empty.Apply(new(Outcomes.Changed, 1, Full: true, [Item("a"), Item("b", stock: 0), Item("c", hidden: true)]));

    [Fact]
    public void A_change_replaces_what_it_names_and_keeps_the_rest()
    {
        var next = s_first.Apply(new(Outcomes.Changed, 2, Full: false, [Item("b", stock: 3)]));

        next.Version.ShouldBe(2);
        next.Items.Count.ShouldBe(3);
        next.IsSellable("b").ShouldBeTrue();
        s_first.IsSellable("b").ShouldBeFalse("a version never changes");
    }

    [Fact]
    public void A_version_says_what_made_it_of_the_one_before()
    {
        var next = s_first.Apply(new(Outcomes.Changed, 2, Full: false, [Item("b", stock: 3)]));

        next.PreviousVersion.ShouldBe(1);
        next.Changes!.ShouldHaveSingleItem().ItemId.ShouldBe("b");
        s_first.Changes.ShouldBeNull("all of it came anew");
    }

    [Fact]
    public void A_full_answer_forgets_what_is_not_in_it() =>
        s_first.Apply(new(Outcomes.Changed, 9, Full: true, [Item("z")])).Items.Keys.ShouldBe(["z"]);

    [Theory]
    [InlineData("a", true)]
    [InlineData("b", false)]
    [InlineData("c", false)]
    [InlineData("never-heard-of", false)]
    public void Only_what_is_there_in_stock_and_not_hidden_may_be_offered(string id, bool sellable) => s_first.IsSellable(id).ShouldBe(sellable);

    private static CatalogItem Item(string id, int? stock = null, bool hidden = false) => new(id, id, "", 1m, stock, hidden);
}
