using Shouldly;
using Splitrail.Local;
using Xunit;

namespace Splitrail.Tests.Unit.Local;

public sealed class ServiceSettingTests
{
    [Fact]
    public void A_setting_becomes_an_argument_of_its_service() =>
        ServiceSetting.Parse("gateway:Gateway:Deadline=00:00:00.200").ShouldBe(("gateway", "--Gateway:Deadline=00:00:00.200"));

    [Theory]
    [InlineData("gateway")]
    [InlineData("gateway:Deadline")]
    [InlineData("nobody:Key=1")]
    [InlineData("gateway:=1")]
    public void What_is_not_of_the_form_is_refused(string text) => ServiceSetting.Parse(text).ShouldBeNull();
}
