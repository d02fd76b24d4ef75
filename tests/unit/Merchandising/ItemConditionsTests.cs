using Shouldly;
using Splitrail.Contracts;
using Splitrail.Merchandising;
using Xunit;

namespace Splitrail.Tests.Unit.Merchandising;

public sealed class ItemConditionsTests
{
    private static readonly CatalogItem s_bag = new("b1", "Lunch bag", "Bags", 4.95m, 3, Attributes: new Dictionary<string, string> { ["brand"] = "Rosa", ["genres"] = "Action|Comedy" });
    private static readonly CatalogItem s_bare = new("x", "?", "", null, null);

    [Theory]
    [InlineData("category", "equals", "bags", true)]
    [InlineData("category", "in", "tins,BAGS", true)]
    [InlineData("category", "not_in", "bags", false)]
    [InlineData("item_id", "in", "b1,b2", true)]
    [InlineData("item_id", "in", "B1", false)]
    [InlineData("attribute.brand", "equals", "rosa", true)]
    [InlineData("attribute.colour", "equals", "red", false)]
    [InlineData("attribute.colour", "not_in", "red", true)]
    [InlineData("attribute.genres", "contains", "comedy", true)]
    [InlineData("price", "lt", "5", true)]
    [InlineData("price", "gte", "4.95", true)]
    [InlineData("price", "gt", "4.95", false)]
    [InlineData("stock", "lte", "3", true)]
    [InlineData("stock", "equals", "2", false)]
    public void An_item_is_asked_by_its_catalogue_entry(string field, string compare, string values, bool holds) => Ask(s_bag, field, compare, values).ShouldBe(holds);

    [Theory]
    [InlineData("category", "equals", "bags", false)]
    [InlineData("category", "not_in", "bags", true)]
    [InlineData("price", "lt", "5", false)]
    [InlineData("price", "gte", "0", false)]
    [InlineData("stock", "lte", "0", false)]
    [InlineData("attribute.brand", "contains", "r", false)]
    public void What_is_not_known_of_an_item_fulfils_nothing_but_not_in(string field, string compare, string values, bool holds) => Ask(s_bare, field, compare, values).ShouldBe(holds);

    [Fact]
    public void All_of_several_conditions_must_hold()
    {
        var both = ItemConditions.Compile([new("category", "equals", ["bags"]), new("price", "gt", ["5"])]);
        both(s_bag).ShouldBeFalse();
        both(s_bag with { Price = 6 }).ShouldBeTrue();
    }

    [Theory]
    [InlineData("colour", "equals", "red", "use category, item_id, price, stock, attribute.NAME")]
    [InlineData("attribute.", "equals", "red", "is unknown")]
    [InlineData("price", "in", "1", "use equals, gt, gte, lt, lte")]
    [InlineData("category", "gt", "1", "use equals, in, not_in, contains")]
    [InlineData("price", "gt", "cheap", "give a number")]
    [InlineData("price", "gt", "1,2", "give one")]
    [InlineData("category", "contains", "", "every text does")]
    public void A_bad_condition_is_told_with_the_fix(string field, string compare, string values, string told) =>
        ItemConditions.FaultOf(new ItemCondition(field, compare, values.Split(','))).ShouldNotBeNull().ShouldContain(told);

    [Fact]
    public void Nulls_and_floods_are_faults()
    {
        ItemConditions.FaultOf(new ItemCondition(null!, null!, null!)).ShouldNotBeNull();
        ItemConditions.FaultOf(new ItemCondition("category", "in", [null!])).ShouldNotBeNull();
        ItemConditions.FaultOf(new ItemCondition("category", "in", [.. Enumerable.Range(0, 1001).Select(static i => $"{i}")])).ShouldNotBeNull().ShouldContain("1 to 1000");
    }

    private static bool Ask(CatalogItem item, string field, string compare, string values)
    {
        var condition = new ItemCondition(field, compare, values.Split(','));
        ItemConditions.FaultOf(condition).ShouldBeNull();
        return ItemConditions.Compile([condition])(item);
    }
}
