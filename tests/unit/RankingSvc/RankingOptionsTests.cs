using Microsoft.Extensions.Configuration;
using Shouldly;
using Splitrail.Hosting;
using Splitrail.RankingSvc;
using Xunit;

namespace Splitrail.Tests.Unit.RankingSvc;

public sealed class RankingOptionsTests
{
    [Fact]
    public void Every_fault_is_told_at_once_with_value_and_fix()
    {
        var refused = Should.Throw<OptionsFaultException>(() => From(("ModelRetry", "soon"), ("Slots", "0"), ("SlotRows", "many")));
        refused.Faults.Count.ShouldBe(3);
        refused.Faults[0].ShouldBe("RankingSvc:ModelRetry is 'soon': give a time span from 00:00:00.010 to 01:00:00, such as 00:00:02.");
        refused.Faults[1].ShouldContain("'0'");
        refused.Faults[2].ShouldContain("such as 512");
    }

    [Fact]
    public void Without_settings_the_defaults_hold() => From().SlotRows.ShouldBe(512);

    private static RankingOptions From(params (string Key, string Value)[] settings) => RankingOptions.From(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>($"{RankingOptions.Section}:{setting.Key}", setting.Value)))
        .Build());
}
