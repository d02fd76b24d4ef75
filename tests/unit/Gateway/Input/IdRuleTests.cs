using Shouldly;
using Splitrail.Gateway.Input;
using Xunit;

namespace Splitrail.Tests.Unit.Gateway.Input;

public sealed class IdRuleTests
{
    [Theory]
    [InlineData("17850")]
    [InlineData("85123A")]
    [InlineData("a-b_c.d:e@f|g~h+i=j")]
    public void What_shops_use_as_ids_is_taken(string id) => IdRule.IsKept(id).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("a b")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("../etc")]
    [InlineData("a\\b")]
    [InlineData("é")]
    [InlineData("😀")]
    [InlineData("a%2fb")]
    [InlineData("<b>")]
    public void What_could_do_harm_somewhere_is_refused(string? id) => IdRule.IsKept(id).ShouldBeFalse();

    [Theory]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void An_id_has_at_most_256_characters(int length, bool kept) => IdRule.IsKept(new string('x', length)).ShouldBe(kept);

    [Fact]
    public void In_a_list_the_bad_one_is_named() => IdRule.FaultOfList("session_items", ["a", null, "b c"], 10).ShouldNotBeNull().Member.ShouldBe("session_items[1]");
}
