using Shouldly;
using Splitrail.Contracts;
using Splitrail.Gateway.Caching;
using Xunit;

namespace Splitrail.Tests.Unit.Gateway.Caching;

public sealed class FilterKeyTests
{
    [Fact]
    public void Different_filters_have_different_keys()
    {
        ItemFilters[] filters =
        [
            ItemFilters.Default,
            new(InStockOnly: false),
            new(Categories: ["tea"]),
            new(Categories: ["tea", "cups"]),
            new(Categories: ["tea\ncups"], InStockOnly: false),
            new(MinPrice: 1),
            new(MaxPrice: 1),
        ];

        filters.Select(FilterKey.Of).ShouldBeUnique();
    }

    [Fact]
    public void Filters_of_one_shopper_are_not_worth_a_place() => FilterKey.Of(new ItemFilters(ExcludeItems: ["a"])).ShouldBeNull();
}
