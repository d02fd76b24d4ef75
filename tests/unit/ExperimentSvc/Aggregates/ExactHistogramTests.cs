using Shouldly;
using Splitrail.ExperimentSvc.Aggregates;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Metrics;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Aggregates;

public sealed class ExactHistogramTests
{
    [Fact]
    public void Every_value_is_in_its_bucket_and_buckets_follow_each_other()
    {
        var next = 0L;
        for (var bucket = 0; bucket < 600; bucket++)
        {
            var (low, high) = ExactHistogram.BoundsOf(bucket);
            low.ShouldBe(next);
            (ExactHistogram.BucketOf(low), ExactHistogram.BucketOf(high - 1)).ShouldBe((bucket, bucket));
            ((high - low) * 32).ShouldBeLessThanOrEqualTo(Math.Max(32, low));
            next = high;
        }
    }

    [Fact]
    public void What_is_taken_out_again_leaves_nothing_and_the_text_gives_back_the_sums()
    {
        var random = new Random(3);
        var some = Enumerable.Range(0, 500).Select(_ => Of(random.Next(5000))).ToArray();
        var sums = some.Aggregate(default(ExactSums), static (all, one) => all + one);
        random.Shuffle(some);
        some.Aggregate(default(ExactSums), static (all, one) => all + one).ShouldBe(sums);
        ExactSums.Parse(sums.ToString()).ShouldBe(sums);
        some.Aggregate(sums, static (all, one) => all - one).ShouldBe(default);
        (Of(12) + Of(12) + Of(300)).ToString().ShouldBe("n=3 h12=2 h133=1");
    }

    [Fact]
    public void The_quantile_of_its_buckets_is_that_of_the_values()
    {
        var sums = Enumerable.Range(1, 20_000).Select(static i => Of(i / 10)).Aggregate(default(ExactSums), static (all, one) => all + one);
        var metric = MetricTable.Find(MetricNames.LatencyP99)!;
        var shape = new MetricInput { Name = metric.Name, Kind = metric.Kind, Role = MetricRole.Guardrail, Quantile = metric.Quantile, Cells = [] };
        Comparison.Estimate(shape, sums.ToCell(metric)).Value.Value.ShouldBe(1980, 2);
    }

    private static ExactSums Of(long value) => new(1, Histogram: ExactHistogram.Of([new(ExactHistogram.BucketOf(value), 1)]));
}
