using Shouldly;
using Splitrail.Gateway.PopularList;
using Xunit;
using static Splitrail.Tests.Unit.Gateway.GatewayBench;

namespace Splitrail.Tests.Unit.Gateway.PopularList;

public sealed class CatalogSampleTests
{
    [Fact]
    public void One_seed_gives_one_order() =>
        new CatalogSample(1).Of(Catalog(Item("a"), Item("b"), Item("c"))).ShouldBe(new CatalogSample(1).Of(Catalog(Item("c"), Item("b"), Item("a"))));

    [Fact]
    public void Another_seed_gives_another_order()
    {
        var catalog = Catalog([.. Enumerable.Range(0, 50).Select(static i => Item($"i{i}"))]);

        new CatalogSample(1).Of(catalog).ShouldNotBe(new CatalogSample(2).Of(catalog));
    }

    [Fact]
    public void A_new_item_is_in_the_next_sample()
    {
        var sample = new CatalogSample(1);
        sample.Of(Catalog(Item("a"))).ShouldBe(["a"]);

        sample.Of(Catalog(Item("a"), Item("b"))).ShouldContain("b");
    }
}
