using Shouldly;
using Splitrail.Trainer.Training.Bayesian;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Training.Bayesian;

public sealed class NormalDrawsTests
{
    private const int Count = 40_000;

    [Fact]
    public void Normal_draws_have_mean_0_and_variance_1()
    {
        var draws = new NormalDraws(1, 2);
        var (mean, variance) = Moments(() => draws.Next());

        mean.ShouldBe(0, 0.025);
        variance.ShouldBe(1, 0.04);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1.0)]
    [InlineData(30.0)]
    public void Gamma_draws_have_mean_and_variance_of_their_shape(double shape)
    {
        var draws = new NormalDraws(3, 4);
        var (mean, variance) = Moments(() => draws.NextGamma(shape));

        mean.ShouldBe(shape, 0.03 * Math.Max(1, shape / 2));
        variance.ShouldBe(shape, 0.08 * shape);
    }

    private static (double Mean, double Variance) Moments(Func<double> draw)
    {
        var drawn = Enumerable.Range(0, Count).Select(_ => draw()).ToArray();
        var mean = drawn.Average();
        return (mean, drawn.Average(one => (one - mean) * (one - mean)));
    }
}
