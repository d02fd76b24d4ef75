using Microsoft.Extensions.Configuration;
using Shouldly;
using Splitrail.ExperimentSvc.Storefront;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Storefront;

public sealed class StorefrontOptionsTests
{
    [Fact]
    public void Without_settings_the_shop_window_is_closed_and_there_are_no_previews()
    {
        var options = Read([], out var faults);

        faults.ShouldBeEmpty();
        options.Demo.ShouldBeFalse();
        options.PreviewKey.ShouldBeNull();
    }

    [Fact]
    public void Each_bad_setting_is_a_fault_with_its_value()
    {
        Read(new() { ["ExperimentSvc:Demo"] = "perhaps", ["ExperimentSvc:PreviewKey"] = "short", ["ExperimentSvc:ShopTimeout"] = "01:00:00" }, out var faults);

        faults.Count.ShouldBe(3);
        faults.ShouldContain(static fault => fault.Contains("'perhaps'", StringComparison.Ordinal));
        faults.ShouldContain(static fault => fault.Contains("5 characters", StringComparison.Ordinal));
        faults.ShouldContain(static fault => fault.Contains("'01:00:00'", StringComparison.Ordinal));
    }

    private static StorefrontOptions Read(Dictionary<string, string?> settings, out List<string> faults) =>
        StorefrontOptions.From(new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection("ExperimentSvc"), faults = []);
}
