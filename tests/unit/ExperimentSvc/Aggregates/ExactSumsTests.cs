using System.Numerics;
using Shouldly;
using Splitrail.ExperimentSvc.Aggregates;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Metrics;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Aggregates;

public sealed class ExactSumsTests
{
    private static readonly MetricDefinition s_mean = MetricTable.Find(MetricNames.RevenuePerUser)!;
    private static readonly MetricDefinition s_ratio = MetricTable.Find(MetricNames.ClickThrough)!;

    [Fact]
    public void Sums_are_the_same_in_any_order_and_what_is_taken_out_again_leaves_nothing()
    {
        var random = new Random(4);
        var people = Enumerable.Range(0, 1000)
            .Select(_ => ExactSums.Of(random.NextInt64(ExactSums.MostMicros), random.NextInt64(1_000_000), random.NextInt64(ExactSums.MostMicros))).ToArray();
        var sums = people.Aggregate(default(ExactSums), static (all, one) => all + one);
        random.Shuffle(people);
        people.Aggregate(default(ExactSums), static (all, one) => all + one).ShouldBe(sums);
        people.Aggregate(sums, static (all, one) => all - one).ShouldBe(default);
    }

    [Fact]
    public void The_text_gives_back_the_sums()
    {
        var one = ExactSums.Of(12_340_000, 3_000_000, 7);
        foreach (var sums in (ExactSums[])[default, one, one + one, -one, ExactSums.Of(ExactSums.MostMicros, 1, ExactSums.MostMicros)])
            ExactSums.Parse(sums.ToString()).ShouldBe(sums);
        ExactSums.Of(2_000_000, 0, 0).ToString().ShouldBe("n=1 x=2000000 xx=4000000000000 xxx=8000000000000000000");
        default(ExactSums).ToString().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("x")]
    [InlineData("z=1")]
    [InlineData("x=one")]
    public void Another_text_is_refused(string text) => Should.Throw<FormatException>(() => ExactSums.Parse(text));

    [Fact]
    public void A_hundred_million_of_the_largest_values_fit()
    {
        var one = ExactSums.Of(ExactSums.MostMicros, 0, 0);
        var many = one with { Units = 100_000_000, X = one.X * 100_000_000, XX = one.XX * 100_000_000, XXX = one.XXX * 100_000_000 };
        (many + one).XX.ShouldBe((Int128)ExactSums.MostMicros * ExactSums.MostMicros * 100_000_001);
        (many + one).XXX.ShouldBe(BigInteger.Pow(10, 45) * 100_000_001);
        Should.Throw<OverflowException>(() => many + (many with { XX = Int128.MaxValue }));
    }

    [Fact]
    public void Cells_are_the_sums_in_units_with_the_denominator_or_the_covariate_beside_them()
    {
        var sums = ExactSums.Of(2_500_000, 4_000_000, 1_000_000) + ExactSums.Of(0, 1_000_000, 0);
        sums.ToCell(s_mean).ShouldBe(new MetricCell(2, 2.5, 6.25, 15.625, 1, 1, 2.5));
        sums.ToCell(s_ratio).ShouldBe(new MetricCell(2, 2.5, 6.25, 15.625, 5, 17, 10));
    }
}
