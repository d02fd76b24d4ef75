using Shouldly;
using Splitrail.Retrieval;
using Xunit;

namespace Splitrail.Tests.Unit.Retrieval;

public sealed class MixExpressionTests
{
    [Fact]
    public void A_name_alone_is_the_named_mix() => MixExpression.Find(Mixes.Popular).ShouldBeSameAs(Mixes.Table.Get(Mixes.Popular));

    [Fact]
    public void Quotas_and_weights_in_brackets_take_the_place_of_the_mixs_own()
    {
        var mix = MixExpression.Find("default(als=150*0.5, content=60*0.2, recent=0, random=7)").ShouldNotBeNull();

        Quota(mix, CandidateSources.Als).ShouldBe(150);
        Quota(mix, CandidateSources.Content).ShouldBe(60);
        Quota(mix, CandidateSources.Random).ShouldBe(7);
        Quota(mix, CandidateSources.Recent).ShouldBe(0);
        Quota(mix, CandidateSources.ItemToItem).ShouldBe(Quota(Mixes.Table.Get(Mixes.Default), CandidateSources.ItemToItem));
        (mix.Cold.Als, mix.Warm.Als, mix.Warm.Content).ShouldBe((0.5f, 0.5f, 0.2f));
        mix.Warm.Ease.ShouldBe(Mixes.Table.Get(Mixes.Default).Warm.Ease);
    }

    [Theory]
    [InlineData("nonsense", "no mix 'nonsense'")]
    [InlineData("default(als=1", "not closed")]
    [InlineData("default(alz=1)", "no source 'alz'")]
    [InlineData("default(als=-1)", "0 to 2000")]
    [InlineData("default(als=9999)", "0 to 2000")]
    [InlineData("default(als=10*x)", "weight")]
    [InlineData("default(als=10*1e9)", "weight")]
    [InlineData("default(recent=10*2)", "only a quota")]
    public void What_is_no_mix_is_refused_with_the_reason(string text, string reason)
    {
        MixExpression.Find(text).ShouldBeNull();
        MixExpression.Fault(text).ShouldNotBeNull().ShouldContain(reason);
    }

    private static int Quota(Mix mix, string source) => mix.Quotas.Where(quota => quota.Source == source).Sum(static quota => quota.Quota);
}
