using Shouldly;
using Splitrail.CandidateSvc.Search.Text;
using Xunit;

namespace Splitrail.Tests.Unit.CandidateSvc.Search;

public sealed class TextTests
{
    [Theory]
    [InlineData("Cafe\u0301", "Café")]
    [InlineData("a\u0302\u0323", "\u1EAD")]
    [InlineData("a\u0323\u0302", "\u1EAD")]
    [InlineData("\u00E2\u0323", "\u1EAD")]
    [InlineData("\u1EA1\u0302", "\u1EAD")]
    [InlineData("u\u031B\u0301", "\u1EE9")]
    [InlineData("A\u030A", "Å")]
    [InlineData("\u0438\u0306", "й")]
    [InlineData("\u304B\u3099", "が")]
    [InlineData("\u0301a", "\u0301a")]
    [InlineData("a\u0316\u0301", "á\u0316")]
    [InlineData("q\u0301", "q\u0301")]
    [InlineData("plain", "plain")]
    public void Letters_and_marks_are_composed(string text, string composed) => CanonicalForm.Of(text).ShouldBe(composed);

    [Fact]
    public void All_listed_letters_come_back_from_their_parts()
    {
        foreach (var row in CanonicalPairs.Rows)
            for (var i = 0; i < row.Letters.Length; i += 2)
                CanonicalForm.Of($"{row.Letters[i]}{row.Mark}").ShouldBe(row.Letters[i + 1].ToString());
    }

    [Theory]
    [InlineData("café", "cafe")]
    [InlineData("đồng", "dong")]
    [InlineData("straße", "strasse")]
    [InlineData("œuvre", "oeuvre")]
    [InlineData("łódź", "lodz")]
    [InlineData("ἀγορά", "αγορα")]
    [InlineData("йод", "йод")]
    [InlineData("ёлка", "елка")]
    public void Words_lose_their_marks_where_these_make_no_other_letter(string word, string folded)
    {
        Span<char> buffer = stackalloc char[64];
        buffer[..Folding.Fold(word, buffer)].ToString().ShouldBe(folded);
    }

    [Theory]
    [InlineData("Red coffee-mug (2 pcs.)", "red coffee mug 2 pcs")]
    [InlineData("Children's ROOM", "childrens room")]
    [InlineData("L’Oréal® 50°", "loréal 50")]
    [InlineData("gift 🎁 box", "gift 🎁 box")]
    [InlineData("日本茶 tea", "日 本 茶 tea")]
    [InlineData("чай с лимоном", "чай с лимоном")]
    [InlineData("'; DROP TABLE items; --", "drop table items")]
    [InlineData("a\u0000b\u0007c", "a b c")]
    [InlineData("\uD83D lone", "lone")]
    [InlineData("   ", "")]
    [InlineData("!?", "")]
    public void A_text_is_read_as_words(string text, string words) => Words(text).ShouldBe(words);

    [Fact]
    public void A_word_without_end_is_cut() => Words(new string('x', 10_000)).Length.ShouldBe(WordReader.MaxLength);

    [Theory]
    [InlineData("hoà", "hòa")]
    [InlineData("hòa", "hòa")]
    [InlineData("thuỷ", "thủy")]
    [InlineData("khoẻ", "khỏe")]
    [InlineData("quý", "quý")]
    [InlineData("áo", "áo")]
    public void Both_places_of_a_vietnamese_tone_are_one(string word, string written)
    {
        Span<char> buffer = stackalloc char[64];
        buffer[..new VietnameseAnalyzer().Written(word, "", buffer)].ToString().ShouldBe(written);
    }

    private static string Words(string text)
    {
        var words = new List<string>();
        var reader = new WordReader(CanonicalForm.Of(text), new char[WordReader.MaxLength]);
        while (reader.TryRead(out var word))
            words.Add(word.ToString());
        return string.Join(' ', words);
    }
}
