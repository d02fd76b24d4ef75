using Shouldly;
using Splitrail.Datasets;
using Splitrail.Models;
using Splitrail.Trainer.Training;
using Xunit;
using static Splitrail.Tests.Unit.Trainer.Training.InteractionLogs;

namespace Splitrail.Tests.Unit.Trainer.Training;

public sealed class RetrievalTrainerTests
{
    private static readonly RetrievalOptions s_options = new() { Als = new AlsOptions(Factors: 16, Regularisation: 1f, Iterations: 6), EaseLambda = 5f };

    [Fact]
    public void Every_model_learns_who_goes_with_whom()
    {
        var log = TwoTastes();
        var model = RetrievalTrainer.Train(log, long.MaxValue, s_options);

        foreach (var itemToItem in new IItemToItem[] { model.Ease!, model.ItemKnn })
        {
            var scores = new float[model.Items.Count];
            itemToItem.AddRow(model.Items.Find("i6"), 1f, scores);
            MeanOf(model, scores, parity: 0).ShouldBeGreaterThan(2 * Math.Abs(MeanOf(model, scores, parity: 1)));
        }

        var own = model.Als.Row(model.Items.Find("i6")).ToArray();
        var dots = Enumerable.Range(0, model.Items.Count).Select(item => Dot(own, model.Als.Row(item))).ToArray();
        MeanOf(model, dots, parity: 0).ShouldBeGreaterThan(2 * Math.Abs(MeanOf(model, dots, parity: 1)));
    }

    [Fact]
    public void Nothing_at_or_after_the_moment_is_seen()
    {
        EventRow[] past = [Bought("a", "i1", 1), Bought("a", "i2", 2), Bought("b", "i1", 3), Bought("b", "i2", 3)];
        var whole = Of(8, [.. past, Bought("a", "i3", 5), Bought("b", "i3", 5)]);
        var cut = RetrievalTrainer.Train(whole, StartMs + 5 * DayMs, s_options);
        var only = RetrievalTrainer.Train(Of(8, past), StartMs + 5 * DayMs, s_options);

        cut.Items.Ids.ShouldBe(only.Items.Ids);
        cut.Als.ItemFactors.ShouldBe(only.Als.ItemFactors);
        cut.Statistics.ShouldBeEquivalentTo(only.Statistics);
    }

    [Fact]
    public void Training_twice_gives_the_same_model_to_the_bit()
    {
        var log = TwoTastes();
        var first = RetrievalTrainer.Train(log, long.MaxValue, s_options);
        var second = RetrievalTrainer.Train(log, long.MaxValue, s_options);

        second.Als.ItemFactors.ShouldBe(first.Als.ItemFactors);
        second.Ease!.Weights.SequenceEqual(first.Ease!.Weights).ShouldBeTrue();
        second.ItemKnn.Similarities.SequenceEqual(first.ItemKnn.Similarities).ShouldBeTrue();
    }

    [Fact]
    public void Items_too_rare_for_ease_come_last_and_are_not_covered()
    {
        var log = Of(6, Bought("a", "i4", 1), Bought("b", "i4", 1), Bought("a", "i2", 1), Bought("b", "i2", 1), Bought("a", "i0", 1));

        var model = RetrievalTrainer.Train(log, long.MaxValue, s_options);

        model.Ease!.Covered.ShouldBe(2);
        model.Items.Ids.ShouldBe(["i2", "i4", "i0", "i1", "i3", "i5"]);
    }

    [Fact]
    public void A_catalogue_too_large_for_ease_uses_the_neighbours()
    {
        var model = RetrievalTrainer.Train(TwoTastes(), long.MaxValue, s_options with { EaseMaxItems = 5 });

        model.Ease.ShouldBeNull();
        model.ItemToItem.ShouldBe(model.ItemKnn);
    }

    [Fact]
    public void Ease_matches_the_closed_form_of_two_items()
    {
        // X'X = [[2, 1], [1, 2]], lambda 5: P = [[7, -1], [-1, 7]] / 48, so B[0, 1] = 1 / 7.
        var log = Of(2, Bought("a", "i0", 1), Bought("a", "i1", 1), Bought("b", "i0", 1), Bought("c", "i1", 1));

        var ease = RetrievalTrainer.Train(log, long.MaxValue, s_options).Ease!;

        var scores = new float[2];
        ease.AddRow(0, 1f, scores);
        scores[0].ShouldBe(0f);
        scores[1].ShouldBe(1 / 7f, 1e-5f);
    }

    [Fact]
    public void Neighbours_have_the_shrunk_cosine()
    {
        var log = Of(3, Bought("a", "i0", 1), Bought("a", "i1", 1), Bought("b", "i0", 1), Bought("c", "i1", 1));

        var model = RetrievalTrainer.Train(log, long.MaxValue, s_options with { KnnShrink = 2f });

        var scores = new float[3];
        model.ItemKnn.AddRow(model.Items.Find("i0"), 1f, scores);
        scores[model.Items.Find("i1")].ShouldBe(1 / (2f + 2f), 1e-6f);
        scores[model.Items.Find("i0")].ShouldBe(0f);
    }

    private static double MeanOf(RetrievalModel model, float[] scores, int parity) => Enumerable.Range(0, 40)
        .Where(i => i % 2 == parity && i != 6)
        .Average(i => scores[model.Items.Find($"i{i}")]);

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => System.Numerics.Tensors.TensorPrimitives.Dot(a, b);

}
