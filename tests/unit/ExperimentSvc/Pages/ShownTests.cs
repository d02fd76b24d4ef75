using Shouldly;
using Splitrail.ExperimentSvc.Pages;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Pages;

public sealed class ShownTests
{
    [Theory]
    [InlineData("click_through", 0.16112, "16.11 %")]
    [InlineData("user_conversion", 0.2, "20 %")]
    [InlineData("latency_p99", 61.5, "61.5 ms")]
    [InlineData("revenue_per_user", 6.985, "6.99")]
    [InlineData("items_viewed", 3.5, "3.5")]
    [InlineData("unheard_of", 0.5, "0.5")]
    public void A_metric_is_told_in_its_unit(string metric, double value, string text) => Shown.Measured(metric, value).ShouldBe(text);

    [Theory]
    [InlineData(1e-115, "< 0.0001")]
    [InlineData(0.4451, "0.4451")]
    [InlineData(1.0, "1")]
    public void A_p_value_has_no_more_digits_than_anybody_reads(double p, string text) => Shown.PValue(p).ShouldBe(text);

    [Fact]
    public void What_is_not_known_is_a_dash()
    {
        Shown.Measured("click_through", null).ShouldBe(Shown.Nothing);
        Shown.PValue(null).ShouldBe(Shown.Nothing);
    }

    [Fact]
    public void A_sentence_of_the_log_is_told_without_the_names_of_programs() =>
        Shown.Sentence("Arm b has 3 % more (-1.0 % to -0.5 %) click_through and attributed_revenue_per_user.").ShouldBe("Arm b has 3 % more (−1.0 % to −0.5 %) click through and attributed revenue per user.");

    [Fact]
    public void One_is_not_told_as_many() => new[] { Shown.Plural(1, "difference"), Shown.Plural(2000, "difference") }.ShouldBe(["1 difference", "2,000 differences"]);
}
