using Shouldly;
using Splitrail.Trainer.Ranker;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Ranker;

public sealed class RankerTrainerTests
{
    [Fact]
    public void A_network_learns_what_no_weighted_sum_can_say()
    {
        var rows = Crossed(contexts: 300, seed: 1);
        var network = RankerTrainer.Train(rows, RankerOptions.Named("mlp", 7));
        var logistic = RankerTrainer.Train(rows, RankerOptions.Named("logistic", 7));
        var fresh = Crossed(contexts: 50, seed: 2);
        Accuracy(network, fresh).ShouldBeGreaterThan(0.95);
        Accuracy(logistic, fresh).ShouldBeLessThan(0.65);
    }

    [Fact]
    public void Logistic_regression_finds_the_weights_that_made_the_labels()
    {
        var rows = new TrainingRows(2);
        var random = new Random(3);
        for (var context = 0; context < 400; context++)
        {
            rows.BeginContext((ulong)context);
            for (var i = 0; i < 20; i++)
            {
                float[] row = [random.NextSingle(), 10 * random.NextSingle()];
                rows.Add(row, random.NextDouble() < 1 / (1 + Math.Exp(-((4 * row[0]) - (0.3 * row[1]) - 1))));
            }
        }

        var model = RankerTrainer.Train(rows, RankerOptions.Named("logistic", 1));
        var weights = model.Layers[0].Weights;
        (weights[0] * model.Scaling.InverseDeviation[0]).ShouldBe(4f, 0.4f);
        (weights[1] * model.Scaling.InverseDeviation[1]).ShouldBe(-0.3f, 0.04f);
    }

    [Fact]
    public void The_same_seed_and_rows_give_the_same_model_to_the_bit()
    {
        var rows = Crossed(contexts: 40, seed: 5);
        var first = RankerTrainer.Train(rows, RankerOptions.Named("mlp", 11));
        var second = RankerTrainer.Train(rows, RankerOptions.Named("mlp", 11));
        var other = RankerTrainer.Train(rows, RankerOptions.Named("mlp", 12));
        first.ToOnnx(new Dictionary<string, string>()).ShouldBe(second.ToOnnx(new Dictionary<string, string>()));
        first.ToOnnx(new Dictionary<string, string>()).ShouldNotBe(other.ToOnnx(new Dictionary<string, string>()));
    }

    [Fact]
    public void Training_stops_when_the_contexts_held_out_gain_no_more()
    {
        var noise = new TrainingRows(3);
        var random = new Random(9);
        for (var context = 0; context < 60; context++)
        {
            noise.BeginContext((ulong)context);
            for (var i = 0; i < 20; i++)
                noise.Add([random.NextSingle(), random.NextSingle(), random.NextSingle()], random.Next(2) == 0);
        }

        var told = new List<string>();
        RankerTrainer.Train(noise, RankerOptions.Named("mlp", 1) with { MaxEpochs = 200 }, told.Add);
        told.Count.ShouldBeLessThan(100);
    }

    [Fact]
    public void Rows_of_one_label_are_refused()
    {
        var rows = new TrainingRows(1);
        for (var context = 0; context < 3; context++)
        {
            rows.BeginContext((ulong)context);
            rows.Add([1f], wanted: false);
        }

        Should.Throw<ArgumentException>(() => RankerTrainer.Train(rows, RankerOptions.Named("mlp", 1))).Message.ShouldContain("3 rows of 3");
    }

    [Fact]
    public void An_unknown_ranker_is_refused_with_those_there_are() =>
        Should.Throw<ArgumentException>(() => RankerOptions.Named("forest", 1)).Message.ShouldContain("logistic, mlp");

    [Fact]
    public void A_feature_that_never_varies_is_taken_out()
    {
        var scaling = FeatureScaling.Fit([5f, 1f, 5f, 3f], 2);
        var scaled = new float[2];
        scaling.Apply([1e6f, 1e6f], scaled);
        scaled.ShouldBe([0f, FeatureScaling.Limit]);
    }

    [Fact]
    public void All_contexts_of_one_user_are_on_one_side_of_the_validation_split()
    {
        var rows = new TrainingRows(1);
        for (var context = 0; context < 100; context++)
        {
            rows.BeginContext((ulong)(context % 10));
            rows.Add([context % 10], wanted: false);
        }

        var (training, validation) = ValidationSplit.Of(rows, 0.2, 4);
        training.Select(row => row % 10).Intersect(validation.Select(row => row % 10)).ShouldBeEmpty();
        validation.Length.ShouldBe(20);
        training.Length.ShouldBe(80);
    }

    /// <summary>Wanted when the signs of two features differ.</summary>
    private static TrainingRows Crossed(int contexts, int seed)
    {
        var rows = new TrainingRows(2);
        var random = new Random(seed);
        for (var context = 0; context < contexts; context++)
        {
            rows.BeginContext((ulong)context);
            for (var i = 0; i < 40; i++)
            {
                float[] row = [random.NextSingle() - 0.5f, random.NextSingle() - 0.5f];
                rows.Add(row, row[0] > 0 != row[1] > 0);
            }
        }

        return rows;
    }

    private static double Accuracy(RankerModel model, TrainingRows rows)
    {
        var scores = new float[rows.Count];
        model.Score(rows.Features, scores);
        var right = 0;
        for (var i = 0; i < rows.Count; i++)
            right += scores[i] > 0.5f == rows.Labels[i] > 0.5f ? 1 : 0;
        return (double)right / rows.Count;
    }
}
