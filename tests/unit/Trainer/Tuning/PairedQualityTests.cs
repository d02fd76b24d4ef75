using Shouldly;
using Splitrail.Trainer.Tuning;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Tuning;

public sealed class PairedQualityTests
{
    [Fact]
    public void The_error_is_of_the_differences_person_by_person()
    {
        var quality = PairedQuality.Of([0.1, 0.5, 0.9, 0.3], [0.2, 0.6, 1.0, 0.2]);

        quality.Difference.ShouldBe(0.05, 1e-12);
        // Differences .1 .1 .1 -.1: variance .01, over 4 people.
        quality.Error.ShouldBe(0.05, 1e-12);
    }

    [Theory]
    [InlineData(0.30, 0.31, 0.009, true)]
    [InlineData(0.30, 0.31, 0.011, false)]
    [InlineData(0.31, 0.30, 0.001, false)]
    [InlineData(0.30, 0.30, 0.0, false)]
    public void A_setting_has_to_be_better_by_more_than_its_standard_error(double before, double after, double error, bool better) =>
        new PairedQuality(100, before, after, error).IsBetter.ShouldBe(better);
}
