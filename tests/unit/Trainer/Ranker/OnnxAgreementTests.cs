using Shouldly;
using Splitrail.Trainer.Ranker;
using Splitrail.Trainer.Ranker.Quantised;
using Splitrail.Trainer.Ranker.Trees;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Ranker;

/// <summary>What is served is what was trained: ONNX Runtime and the trainer on the same thousand rows.</summary>
public sealed class OnnxAgreementTests
{
    private const int Count = 1000;
    private const int Width = 28;

    [Theory]
    [InlineData("mlp")]
    [InlineData("logistic")]
    [InlineData("trees")]
    [InlineData("blend")]
    public void Every_kind_of_ranker_scores_alike_on_a_thousand_rows(string ranker)
    {
        var model = RankerTrainer.Train(Taught(), RankerLearners.Table.Get(ranker), 5).Model with { Strangers = new StrangerRule(1, 0, 0.7f, -2f) };
        var features = RandomRankers.Rows(6, Count, Width);
        var served = OnnxScores.Of(model, features);
        var trained = Scores(model, features);
        for (var i = 0; i < Count; i++)
            served[i].ShouldBe(trained[i], 1e-5f, $"row {i}");
        trained.Distinct().Count().ShouldBeGreaterThan(50);
    }

    [Fact]
    public void A_row_that_lies_on_a_threshold_goes_the_same_way()
    {
        var tree = new Tree([new TreeNode(0, 0.1f, 1, 2, 0f), TreeNode.Leaf(-1f), new TreeNode(1, 0f, 3, 4, 0f), TreeNode.Leaf(0.5f), TreeNode.Leaf(2f)]);
        var model = new RankerModel(new TreeEnsemble(2, 0.25f, [tree, tree]));
        float[] features = [0.1f, 9f, MathF.BitIncrement(0.1f), 0f, MathF.BitIncrement(0.1f), -0f, MathF.BitDecrement(0.1f), 1f, 0.2f, float.Epsilon];
        var served = OnnxScores.Of(model, features);
        served.ShouldBe(Scores(model, features), 1e-6);
        served[0].ShouldBe(RankerModel.Sigmoid(-1.75f), 1e-6f);
        served[4].ShouldBe(RankerModel.Sigmoid(4.25f), 1e-6f);
    }

    [Theory]
    [InlineData(false, 8)]
    [InlineData(true, 8)]
    [InlineData(false, 7)]
    [InlineData(true, 7)]
    public void A_quantised_network_scores_alike_but_for_roundings_that_fall_the_other_way(bool perChannel, int bits)
    {
        var full = RandomRankers.Network(3, Width, 64, 32, 1);
        var model = full with { Scorer = QuantisedNetwork.Of(full.Scorer, new QuantisationOptions(perChannel, bits)).ShouldNotBeNull() };
        var features = RandomRankers.Rows(6, Count, Width);
        var (served, trained) = (OnnxScores.Of(model, features), Scores(model, features));
        var off = served.Zip(trained, static (one, other) => MathF.Abs(one - other)).ToArray();
        off.Max().ShouldBeLessThan(5e-3f);
        off.Count(static difference => difference > 1e-5f).ShouldBeLessThan(Count / 20);
    }

    private static float[] Scores(RankerModel model, float[] features)
    {
        var scores = new float[features.Length / model.Scorer.Width];
        model.Score(features, scores);
        return scores;
    }

    private static TrainingRows Taught()
    {
        var rows = new TrainingRows(Width);
        var features = RandomRankers.Rows(7, 60 * 20, Width);
        for (var i = 0; i < 60 * 20; i++)
        {
            if (i % 20 == 0)
                rows.BeginContext((ulong)i);
            var row = features.AsSpan(i * Width, Width);
            rows.Add(row, wanted: row[2] * row[3] > 0.5f);
        }

        return rows;
    }
}
