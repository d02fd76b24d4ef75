using Shouldly;
using Splitrail.Features;
using Splitrail.Trainer.Ranker;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Ranker;

public sealed class DriftSummaryTests
{
    [Fact]
    public void Bins_are_deciles_and_hold_a_tenth_each()
    {
        var one = DriftSummary.Of("price", [.. Enumerable.Range(0, 1000).Select(i => (float)((i * 7) % 1000))], [.. Enumerable.Repeat(1.0, 1000)]);
        one.Edges.ShouldBe([99f, 199f, 299f, 399f, 499f, 599f, 699f, 799f, 899f]);
        one.Shares.ShouldAllBe(share => Math.Abs(share - 0.1) < 1e-9);
        one.Mean.ShouldBe(499.5, 1e-6);
    }

    [Fact]
    public void A_value_that_fills_several_bins_is_one_bin_and_a_constant_is_all()
    {
        var mostly = DriftSummary.Of("bought", [.. Enumerable.Repeat(0f, 700), .. Enumerable.Range(1, 300).Select(i => (float)i)], [.. Enumerable.Repeat(1.0, 1000)]);
        mostly.Edges[0].ShouldBe(0f);
        mostly.Shares[0].ShouldBe(0.7, 1e-9);
        mostly.Edges.Count.ShouldBe(3);
        mostly.Shares.Sum().ShouldBe(1, 1e-9);

        var constant = DriftSummary.Of("liked_rate", [1f, 1f, 1f], [1, 1, 1]);
        constant.Edges.ShouldBeEmpty();
        constant.Shares.ShouldBe([1.0]);
    }

    [Fact]
    public void A_row_that_stands_for_several_counts_as_several()
    {
        var weighed = DriftSummary.Of("als", [1f, 2f], [9, 1]);
        weighed.Edges.ShouldBe([1f]);
        weighed.Shares[0].ShouldBe(0.9, 1e-9);
        weighed.Mean.ShouldBe(1.1, 1e-6);
    }

    [Fact]
    public void Every_feature_and_the_scores_are_there_by_name()
    {
        var rows = new TrainingRows(2);
        rows.BeginContext(1);
        for (var i = 0; i < 100; i++)
            rows.Add([i, -i], wanted: i > 50, weight: 2f);
        var reference = DriftSummary.Of([rows], RandomRankers.Network(1, 2, 1), new FeatureSet("two", ["up", "down"]));
        reference.Features.Select(feature => feature.Name).ShouldBe(["up", "down"]);
        reference.Scores.Name.ShouldBe("score");
        reference.Rows.ShouldBe(100);
        reference.Features[0].Mean.ShouldBe(49.5, 1e-6);
        reference.Scores.Shares.Sum().ShouldBe(1, 1e-9);
    }
}
