using Shouldly;
using Splitrail.Hosting;
using Xunit;

namespace Splitrail.Tests.Unit.Hosting;

public sealed class RequestIdTests
{
    [Theory]
    [InlineData("abc-123")]
    [InlineData("A.b_c:d")]
    public void A_harmless_id_of_the_caller_is_kept(string id) => RequestId.Accept(id).ShouldBe(id);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("two\nlines")]
    [InlineData("<script>")]
    [InlineData("smile-🙂")]
    public void A_harmful_or_missing_one_is_replaced(string? id) => RequestId.Accept(id).ShouldNotBe(id);

    [Fact]
    public void One_that_is_too_long_is_replaced() => RequestId.Accept(new string('a', RequestId.MaxLength + 1)).Length.ShouldBe(32);
}
