using Shouldly;
using Splitrail.ExperimentSvc.Pages.Experiments;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Pages.Experiments;

public sealed class PercentTests
{
    [Theory]
    [InlineData("80", 0.8)]
    [InlineData(" 12.5 % ", 0.125)]
    [InlineData("12,5", 0.125)]
    [InlineData("0", 0.0)]
    [InlineData("100%", 1.0)]
    [InlineData("33.333333", 0.33333333)]
    public void Percentages_are_read_as_people_type_them(string text, double part) => Percent.Read(text).ShouldBe(part);

    [Theory]
    [InlineData("")]
    [InlineData("half")]
    [InlineData("-1")]
    [InlineData("100.1")]
    [InlineData("1e1")]
    [InlineData("1,234.5")]
    [InlineData("NaN")]
    [InlineData("٨٠")]
    public void What_is_no_percentage_from_0_to_100_is_none(string text) => Percent.Read(text).ShouldBeNull();

    [Fact]
    public void A_change_may_be_negative() => Percent.ReadAny("-20").ShouldBe(-0.2);
}
