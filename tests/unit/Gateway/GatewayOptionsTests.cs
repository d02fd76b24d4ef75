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

    [Theory]
    [InlineData("https://shop.example.com/")]
    [InlineData("https://shop.example.com/cart")]
    [InlineData("https://me@shop.example.com")]
    [InlineData("shop.example.com")]
    [InlineData("ftp://shop.example.com")]
    [InlineData("*")]
    [InlineData("null")]
    public void An_origin_that_no_browser_sends_is_a_fault(string origin) =>
        Should.Throw<OptionsFaultException>(() => From(("Gateway:CorsOrigins:0", "https://shop.example.com"), ("Gateway:CorsOrigins:1", origin)))
            .Faults.ShouldHaveSingleItem().ShouldContain($"Gateway:CorsOrigins has '{origin}'; give scheme and host");

    [Theory]
    [InlineData("PerMinute", "-1")]
    [InlineData("Burst", "0")]
    [InlineData("HammeringAfter", "0")]
    [InlineData("ClientHeader", "X Forwarded For")]
    public void A_limit_that_cannot_be_kept_is_a_fault(string name, string value) =>
        Should.Throw<OptionsFaultException>(() => From(($"Gateway:Limits:{name}", value))).Faults.ShouldHaveSingleItem().ShouldStartWith($"Gateway:Limits:{name} is '{value}'; give");

    [Fact]
    public void A_short_key_of_previews_is_a_fault_that_does_not_show_it() =>
        Should.Throw<OptionsFaultException>(() => From(("Gateway:PreviewKey", "secret"))).Faults.ShouldHaveSingleItem().ShouldStartWith("Gateway:PreviewKey has 6 characters");

    [Fact]
    public void Nothing_given_is_fine() => From().Deadline.ShouldBe(TimeSpan.FromMilliseconds(300));

    private static GatewayOptions From(params (string Name, string Value)[] settings) => GatewayOptions.From(
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(static one => one.Name, static one => (string?)one.Value)).Build());
}
