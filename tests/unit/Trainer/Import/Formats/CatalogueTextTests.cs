using Shouldly;
using Splitrail.Trainer.Import.Formats;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Import.Formats;

public sealed class CatalogueTextTests
{
    [Theory]
    [InlineData("SET OF 3  T-LIGHT HOLDERS.", "Set of 3 T-Light Holders")]
    [InlineData("50'S CHRISTMAS GIFT BAG LARGE", "50's Christmas Gift Bag Large")]
    [InlineData("*Boombox Ipod Classic", "Boombox Ipod Classic")]
    [InlineData("PARASOL 60CM W/POLE (RED)", "Parasol 60cm W/Pole (Red)")]
    public void Shouted_titles_are_made_readable(string title, string expected) => TitleCase.Of(title).ShouldBe(expected);

    [Theory]
    [InlineData("LUNCH BAG RED RETROSPOT", "bag")]
    [InlineData("BAGS WITH GLASS CLOCK", "bag")]
    [InlineData("SET OF 6 BAGS", "bag")]
    [InlineData("WALL CLOCK, LARGE", "clock")]
    [InlineData("RUSTY THINGUMMY", "other")]
    [InlineData("", "other")]
    public void A_category_is_the_frequent_noun_that_heads_the_title(string title, string category)
    {
        var titles = Enumerable.Range(0, 12).SelectMany(i => (string[])[$"MODEL {i} BAG", $"MODEL {i} CLOCK"]);
        HeadNounCategories.Learn([.. titles, "RUSTY THINGUMMY"]).CategoryOf(title).ShouldBe(category);
    }

    [Theory]
    [InlineData("ErzÃ¤hlungen", "Erzählungen")]
    [InlineData("ErzÃ?Â¤hlungen", "Erzählungen")]
    [InlineData("São Paulo", "São Paulo")]
    [InlineData("Ã “odd”", "Ã “odd”")]
    public void Text_encoded_twice_is_repaired_and_other_text_is_left(string text, string expected) => Mojibake.Repair(text).ShouldBe(expected);
}
