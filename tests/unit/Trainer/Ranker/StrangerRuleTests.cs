using Shouldly;
using Splitrail.Trainer.Ranker;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Ranker;

public sealed class StrangerRuleTests
{
    private const int Known = 0;
    private const int Popularity = 1;

    [Fact]
    public void It_finds_the_slope_and_intercept_that_made_the_labels()
    {
        var rows = new TrainingRows(2);
        var random = new Random(1);
        rows.BeginContext(1);
        for (var i = 0; i < 20_000; i++)
        {
            var popularity = 5 * random.NextSingle();
            rows.Add([0f, popularity], random.NextDouble() < 1 / (1 + Math.Exp(-((0.8 * popularity) - 3))));
        }

        var rule = StrangerRule.Fit(rows, Known, Popularity);
        rule.Slope.ShouldBe(0.8f, 0.06f);
        rule.Intercept.ShouldBe(-3f, 0.2f);
    }

    [Fact]
    public void It_keeps_the_order_of_popularity_even_where_the_few_labels_say_otherwise()
    {
        var rows = new TrainingRows(2);
        rows.BeginContext(1);
        for (var i = 0; i < 50; i++)
            rows.Add([0f, i], wanted: i < 25);
        StrangerRule.Fit(rows, Known, Popularity).Slope.ShouldBeGreaterThan(0f);
    }

    [Fact]
    public void Strangers_are_scored_by_popularity_and_all_others_by_the_network()
    {
        var network = RandomRankers.Network(4, 2, 8, 1);
        var model = network with { Strangers = new StrangerRule(Known, Popularity, 0.5f, -1f) };
        float[] rows = [0f, 2f, 3f, 2f];
        var (scores, without) = (new float[2], new float[2]);
        model.Score(rows, scores);
        network.Score(rows, without);
        scores[0].ShouldBe(0.5f, 1e-6f);
        scores[1].ShouldBe(without[1]);
    }
}
