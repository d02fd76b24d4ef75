using Shouldly;
using Splitrail.Contracts;
using Splitrail.Trainer.Training;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Training;

public sealed class TermMatrixTests
{
    [Fact]
    public void Rows_have_length_one_and_rare_terms_weigh_more()
    {
        var terms = TermMatrix.From([Item("red mug", "kitchen"), Item("blue mug", "kitchen"), Item("red lamp", "light"), Item("tall mug", "kitchen")]);

        terms.Vocabulary.ShouldBe(["kitchen", "mug", "red"]);
        var first = terms.Rows[0].ToDictionary(entry => terms.Vocabulary[entry.Term], entry => entry.Weight);
        first["red"].ShouldBeGreaterThan(first["mug"]);
        first.Values.Sum(weight => weight * weight).ShouldBe(1f, 1e-5f);
    }

    [Fact]
    public void An_item_without_words_in_common_has_an_empty_row()
    {
        TermMatrix.From([Item("red mug", ""), Item("red lamp", ""), Item("×××", "")]).Rows[2].ShouldBeEmpty();
    }

    [Fact]
    public void Attributes_count_as_words()
    {
        var attributes = new Dictionary<string, string> { ["author"] = "Jane Austen" };
        TermMatrix.From([Item("emma", "") with { Attributes = attributes }, Item("persuasion", "") with { Attributes = attributes }, Item("ulysses", "")])
            .Vocabulary.ShouldBe(["austen", "jane"]);
    }

    private static CatalogItem Item(string title, string category) => new(title, title, category, null, null);
}
