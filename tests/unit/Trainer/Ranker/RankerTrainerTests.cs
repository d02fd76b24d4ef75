using Shouldly;
using Splitrail.Models;
using Splitrail.Trainer.Ranker;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Ranker;

public sealed class RankerTrainerTests
{
    [Theory]
    [InlineData("mlp")]
    [InlineData("trees")]
    [InlineData("blend")]
    public void A_network_and_trees_learn_what_no_weighted_sum_can_say(string ranker)
    {
        var rows = Crossed(contexts: 300, seed: 1);
        var fresh = Crossed(contexts: 50, seed: 2);
        Accuracy(Train(rows, ranker, 7), fresh).ShouldBeGreaterThan(0.95);
        Accuracy(Train(rows, "logistic", 7), fresh).ShouldBeLessThan(0.65);
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

        var network = (Network)Train(rows, "logistic", 1).Scorer;
        (network.Layers[0].Weights[0] * network.Scaling.InverseDeviation[0]).ShouldBe(4f, 0.4f);
        (network.Layers[0].Weights[1] * network.Scaling.InverseDeviation[1]).ShouldBe(-0.3f, 0.04f);
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("logistic")]
    [InlineData("trees")]
    [InlineData("blend")]
    public void The_same_seed_and_rows_give_the_same_model_to_the_bit_on_any_number_of_threads(string ranker)
    {
        var rows = Crossed(contexts: 40, seed: 5);
        var first = Train(rows, ranker, 11).ToOnnx(new Dictionary<string, string>());
        var second = RankerTrainer.Train(rows, RankerLearners.Table.Get(ranker), 11, threads: 1).Model.ToOnnx(new Dictionary<string, string>());
        first.ShouldBe(second);
    }

    [Fact]
    public void Another_seed_gives_another_network()
    {
        var rows = Crossed(contexts: 40, seed: 5);
        Train(rows, "mlp", 11).ToOnnx(new Dictionary<string, string>()).ShouldNotBe(Train(rows, "mlp", 12).ToOnnx(new Dictionary<string, string>()));
    }

    [Theory]
    [InlineData("mlp", 12)]
    [InlineData("trees", 60)]
    public void Training_stops_when_the_contexts_held_out_gain_no_more(string ranker, int most)
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
        var trained = RankerTrainer.Train(noise, RankerLearners.Table.Get(ranker), 1, told.Add);
        told.Count.ShouldBeLessThan(25);
        if (trained.Model.Scorer is Splitrail.Trainer.Ranker.Trees.TreeEnsemble ensemble)
            ensemble.Trees.Count.ShouldBeLessThan(most);
    }

    [Fact]
    public void Calibration_makes_probabilities_of_what_was_exaggerated()
    {
        var rows = Crossed(contexts: 1000, seed: 4, noise: 0.3);
        var trained = RankerTrainer.Train(rows, RankerLearners.Table.Get("trees"), 3);
        trained.CalibrationError.ShouldBeLessThan(0.05);

        float[] sure = [.. Enumerable.Range(0, 800).Select(static i => i % 2 == 0 ? -4f : 4f)];
        float[] labels = [.. Enumerable.Range(0, 800).Select(static i => i % 8 is 1 or 2 or 3 or 5 ? 1f : 0f)];
        float[] weights = [.. Enumerable.Repeat(1f, 800)];
        var line = LogisticLine.Fit(sure, labels, weights);
        var calibrated = sure.Select(logit => RankerModel.Sigmoid(line.At(logit))).ToArray();
        CalibrationError.Of(calibrated, labels, weights).ShouldBeLessThan(CalibrationError.Of(Array.ConvertAll(sure, RankerModel.Sigmoid), labels, weights));
        calibrated[0].ShouldBe(0.25f, 0.01f);
    }

    [Fact]
    public void Rows_of_one_label_or_none_at_all_are_refused()
    {
        var rows = new TrainingRows(1);
        Refusal(rows).ShouldContain("0 rows of 0");
        for (var context = 0; context < 3; context++)
        {
            rows.BeginContext((ulong)context);
            rows.Add([1f], wanted: false);
        }

        Refusal(rows).ShouldContain("3 rows of 3, 0 wanted");
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_feature_that_is_no_number_is_refused_with_its_place(float value)
    {
        var rows = Crossed(contexts: 3, seed: 1);
        rows.BeginContext(99);
        rows.Add([1f, value], wanted: true);
        Refusal(rows).ShouldContain("Feature 1 of row 120 is");
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("trees")]
    public void Features_that_never_vary_do_no_harm(string ranker)
    {
        var rows = new TrainingRows(3);
        for (var context = 0; context < 20; context++)
        {
            rows.BeginContext((ulong)context);
            for (var i = 0; i < 20; i++)
                rows.Add([7f, i, -3f], wanted: i > 15);
        }

        var model = Train(rows, ranker, 1);
        var scores = new float[2];
        model.Score([7f, 19f, -3f, 7f, 2f, -3f], scores);
        scores[0].ShouldBeGreaterThan(0.8f);
        scores[1].ShouldBeLessThan(0.2f);
    }

    [Fact]
    public void An_unknown_ranker_is_refused_with_those_there_are() =>
        Should.Throw<KeyNotFoundException>(() => RankerLearners.Table.Get("forest")).Message.ShouldContain("blend, logistic, mlp, trees");

    [Fact]
    public void A_feature_that_never_varies_is_taken_out()
    {
        var scaling = FeatureScaling.Fit([5f, 1f, 5f, 3f], 2);
        var scaled = new float[2];
        scaling.Apply([1e6f, 1e6f], scaled);
        scaled.ShouldBe([0f, FeatureScaling.Limit]);
    }

    private static string Refusal(TrainingRows rows) => Should.Throw<ArgumentException>(() => Train(rows, "mlp", 1)).Message;

    private static RankerModel Train(TrainingRows rows, string ranker, int seed) => RankerTrainer.Train(rows, RankerLearners.Table.Get(ranker), seed).Model;

    /// <summary>Wanted when the signs of two features differ; a share of the labels is noise.</summary>
    private static TrainingRows Crossed(int contexts, int seed, double noise = 0)
    {
        var rows = new TrainingRows(2);
        var random = new Random(seed);
        for (var context = 0; context < contexts; context++)
        {
            rows.BeginContext((ulong)context);
            for (var i = 0; i < 40; i++)
            {
                float[] row = [random.NextSingle() - 0.5f, random.NextSingle() - 0.5f];
                var label = row[0] > 0 != row[1] > 0;
                rows.Add(row, noise > 0 && random.NextDouble() < noise ? !label : label);
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
