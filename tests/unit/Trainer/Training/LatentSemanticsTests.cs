using System.Numerics.Tensors;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Models;
using Splitrail.Retrieval.Content;
using Splitrail.Trainer.Training;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Training;

public sealed class LatentSemanticsTests
{
    private static readonly CatalogItem[] s_items =
    [
        Item("red tea mug"), Item("blue tea mug"), Item("tea pot red"), Item("garden lamp solar"), Item("solar garden light"), Item("lamp light small"), Item("×"),
    ];

    [Fact]
    public void Items_that_share_words_are_nearer_than_those_that_do_not()
    {
        var content = LatentSemantics.Train(TermMatrix.From(s_items), 4, seed: 1)!;

        Cosine(content, 0, 1).ShouldBeGreaterThan(0.5f);
        Cosine(content, 0, 3).ShouldBeLessThan(0.2f);
    }

    [Fact]
    public void A_new_item_gets_the_vector_its_words_would_have_had_in_training()
    {
        var content = LatentSemantics.Train(TermMatrix.From(s_items), 4, seed: 1)!;
        var vector = new float[content.Width];

        content.Embed(ItemTerms.Of(Item("TEA mug, red!")), vector).ShouldBeTrue();

        TensorPrimitives.Dot(vector, content.Row(0)).ShouldBe(1f, 1e-4f);
    }

    [Fact]
    public void An_item_without_known_words_has_no_direction()
    {
        var content = LatentSemantics.Train(TermMatrix.From(s_items), 4, seed: 1)!;
        var vector = new float[content.Width];

        content.Row(6).ToArray().ShouldAllBe(static value => value == 0f);
        content.Embed(["unheard"], vector).ShouldBeFalse();
    }

    [Fact]
    public void Items_without_words_in_common_have_no_content_model() =>
        LatentSemantics.Train(TermMatrix.From([Item("red"), Item("blue")]), 4, seed: 1).ShouldBeNull();

    private static float Cosine(ContentModel content, int a, int b) => TensorPrimitives.Dot(content.Row(a), content.Row(b));

    private static CatalogItem Item(string title) => new(title, title, "", null, null);
}
