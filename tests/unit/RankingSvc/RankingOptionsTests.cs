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
        var refused = Should.Throw<OptionsFaultException>(() => From(("ModelRetry", "soon"), ("Slots", "0"), ("SlotRows", "many"), ("BatchWait", "00:00:01"), ("Precision", "double"), ("Affinity", "2;3")));
        refused.Faults.Count.ShouldBe(6);
        refused.Faults[0].ShouldBe("RankingSvc:ModelRetry is 'soon': give a time span from 00:00:00.010 to 01:00:00, such as 00:00:02.");
        refused.Faults[1].ShouldContain("'0'");
        refused.Faults[2].ShouldContain("such as 512");
        refused.Faults[3].ShouldBe("RankingSvc:BatchWait is '00:00:01': give a time span from 00:00:00 to 00:00:00.010, such as 00:00:00.002.");
        refused.Faults[4].ShouldContain("give one of auto, fp32, int8");
        refused.Faults[5].ShouldContain("give 0 parts");
    }

    [Fact]
    public void Without_settings_the_defaults_hold() => From().Scoring.SlotRows.ShouldBe(512);

    private static RankingOptions From(params (string Key, string Value)[] settings) => RankingOptions.From(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>($"{RankingOptions.Section}:{setting.Key}", setting.Value)))
        .Build());
}
