using Shouldly;
using Splitrail.ExperimentSvc.Rules;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Rules;

public sealed class SplitCompletionTests
{
    [Theory]
    [InlineData(new[] { 0.5, 0.5 }, new[] { 0.5, 0.5 })]
    [InlineData(new[] { 90.0, 10.0 }, new[] { 0.9, 0.1 })]
    [InlineData(new[] { 33.333333, 33.333333, 33.333333 }, new[] { 0.33333334, 0.33333333, 0.33333333 })]
    [InlineData(new[] { 0.3333333, 0.3333333, 0.3333333 }, new[] { 0.33333334, 0.33333333, 0.33333333 })]
    [InlineData(new[] { 16.666667, 83.333333 }, new[] { 0.16666667, 0.83333333 })]
    [InlineData(new[] { 1.0, 0.0 }, new[] { 1.0, 0.0 })]
    public void Shares_are_completed_to_one(double[] given, double[] completed) => SplitCompletion.Complete(given).ShouldBe(completed);

    [Theory]
    [InlineData(new[] { 0.5, 0.6 })]
    [InlineData(new[] { 33.33, 33.33, 33.33 })]
    [InlineData(new[] { 1.5, -0.5 })]
    [InlineData(new[] { double.NaN, 0.5 })]
    [InlineData(new[] { double.PositiveInfinity, 0.5 })]
    [InlineData(new double[0])]
    public void What_is_no_split_is_not_completed(double[] given) => SplitCompletion.Complete(given).ShouldBeNull();

    [Fact]
    public void Completed_shares_sum_to_one_and_stay_within_a_unit_of_what_was_given()
    {
        var random = new Random(3);
        for (var i = 0; i < 1000; i++)
        {
            var weights = Enumerable.Range(0, random.Next(2, 9)).Select(_ => random.NextDouble()).ToArray();
            var given = weights.Select(weight => weight / weights.Sum()).ToArray();
            var completed = SplitCompletion.Complete(given).ShouldNotBeNull();
            completed.Sum().ShouldBe(1, 1e-12);
            given.Zip(completed).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) <= 1.0001e-8);
            SplitCompletion.Complete(completed).ShouldBe(completed, "what is complete stays");
        }
    }
}
