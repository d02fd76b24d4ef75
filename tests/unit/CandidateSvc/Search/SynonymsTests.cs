using Shouldly;
using Splitrail.CandidateSvc.Search.Querying;
using Splitrail.CandidateSvc.Search.Text;
using Splitrail.Contracts;
using Xunit;

namespace Splitrail.Tests.Unit.CandidateSvc.Search;

public sealed class SynonymsTests
{
    private static readonly CatalogItem[] s_items =
    [
        new("sofa", "Grey sofa", "living", 1m, 1), new("couch", "Blue couches", "living", 1m, 1), new("stand", "Television stand", "living", 1m, 1),
        new("set", "TV set", "living", 1m, 1), new("pot", "Tea kettle", "kitchen", 1m, 1),
    ];

    [Fact]
    public void Equivalents_find_each_other_and_the_typed_one_comes_first()
    {
        var shop = Shop("# furniture", "sofa, couch, settee", "");
        shop.Found("sofas").ShouldBe(["sofa", "couch"]);
        shop.Found("couch").ShouldBe(["couch", "sofa"]);
        shop.Found("settee").ShouldBe(["sofa", "couch"], ignoreOrder: true);
        shop.Found("grey couch").ShouldBe(["sofa"]);
    }

    [Fact]
    public void An_arrow_widens_one_side_only()
    {
        var shop = Shop("tv => television");
        shop.Found("tv").ShouldBe(["set", "stand"]);
        shop.Found("television").ShouldBe(["stand"]);
    }

    [Fact]
    public void Phrases_are_taken_as_one() => Shop("boiling vessel, tea kettle").Found("boiling vessel").ShouldBe(["pot"]);

    [Theory]
    [InlineData("sofa", "names one phrase only")]
    [InlineData("a, , b", "has a phrase of no word")]
    [InlineData("a => b => c", "has more than one =>")]
    [InlineData("=> b", "has a phrase of no word")]
    public void A_wrong_line_is_told_with_its_number(string line, string fault)
    {
        var faults = new List<string>();
        Read(faults, "sofa, couch", line);
        faults.ShouldHaveSingleItem().ShouldSatisfyAllConditions(text => text.ShouldContain("line 2"), text => text.ShouldContain(fault));
    }

    private static Shelves Shop(params string[] lines) => new(s_items, synonyms: Read([], lines));

    private static Synonyms Read(List<string> faults, params string[] lines)
    {
        var path = Path.GetTempFileName();
        File.WriteAllLines(path, lines);
        try
        {
            return SynonymsFile.Read(path, Analyzers.Table.Get(Analyzers.English), faults);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
