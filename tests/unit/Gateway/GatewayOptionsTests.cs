using Microsoft.Extensions.Configuration;
using Shouldly;
using Splitrail.Gateway;
using Splitrail.Hosting;
using Xunit;

namespace Splitrail.Tests.Unit.Gateway;

public sealed class GatewayOptionsTests
{
    [Fact]
    public void Every_fault_is_reported_with_its_value() =>
        Should.Throw<OptionsFaultException>(() => From(("Gateway:Deadline", "00:00:00.501"), ("Gateway:CandidateCount", "0")))
            .Faults.ShouldBe(
            [
                "Gateway:Deadline is '00:00:00.5010000'; give a value from 00:00:00.0100000 to 00:00:00.5000000.",
                "Gateway:CandidateCount is '0'; give a value from 1 to 5000.",
            ]);

    [Fact]
    public void A_stage_may_not_take_longer_than_the_whole() =>
        Should.Throw<OptionsFaultException>(() => From(("Gateway:StageTimeouts:Ranking", "00:00:01"))).Message.ShouldContain("StageTimeouts:Ranking");

    [Theory]
    [InlineData("Gateway:Dedline", "00:00:00.2")]
    [InlineData("Gateway:Deadline", "fast")]
    public void A_misspelt_name_or_value_is_a_fault(string name, string value) =>
        Should.Throw<OptionsFaultException>(() => From((name, value)));

    [Fact]
    public void Nothing_given_is_fine() => From().Deadline.ShouldBe(TimeSpan.FromMilliseconds(300));

    private static GatewayOptions From(params (string Name, string Value)[] settings) => GatewayOptions.From(
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(static one => one.Name, static one => (string?)one.Value)).Build());
}
