using System.Xml.Linq;
using Shouldly;
using Splitrail.ExperimentSvc.Pages.Drawings;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Pages.Drawings;

public sealed class TileLookTests
{
    [Fact]
    public void An_item_always_looks_the_same() => TileLook.Of("Mugs", "sku-1").ShouldBe(TileLook.Of("Mugs", "sku-1"));

    [Fact]
    public void Items_of_a_category_share_a_motif_and_differ_in_the_rest()
    {
        var looks = Enumerable.Range(0, 60).Select(static i => TileLook.Of("Mugs", $"sku-{i}")).ToArray();

        looks.Select(static look => look.Shapes).Distinct().Count().ShouldBe(1);
        looks.Distinct().Count().ShouldBeGreaterThan(50);
    }

    [Theory]
    [InlineData("Kitchen Textiles", "Towels")]
    [InlineData("Cookware", "kitchen")]
    [InlineData("Sci-Fi", "Drama")]
    public void Words_of_a_category_choose_its_motif(string one, string other) => TileLook.Of(one, "i").Shapes.ShouldBe(TileLook.Of(other, "i").Shapes);

    [Fact]
    public void Categories_that_nobody_thought_of_have_motifs_too() =>
        Enumerable.Range(0, 50).Select(static i => TileLook.Of($"zq{i}", "i").Shapes).Distinct().Count().ShouldBeGreaterThan(2);

    [Fact]
    public void Every_motif_is_well_formed()
    {
        foreach (var motif in Motif.All)
            Should.NotThrow(() => XElement.Parse($"<g>{motif.Shapes}</g>"), motif.Words[0]);
    }
}
