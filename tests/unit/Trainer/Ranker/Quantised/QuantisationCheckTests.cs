using Shouldly;
using Splitrail.Models;
using Splitrail.Trainer.Ranker;
using Splitrail.Trainer.Ranker.Contexts;
using Splitrail.Trainer.Ranker.Quantised;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Ranker.Quantised;

public sealed class QuantisationCheckTests
{
    private const int Width = 12;
    private static readonly RankerModel s_full = RandomRankers.Network(3, Width, 32, 16, 1);
    private static readonly QuantisationOptions s_options = new();

    [Fact]
    public void A_ranker_passes_against_itself()
    {
        var gate = QuantisationCheck.Run(s_full, s_full, s_options, Lists(40));
        gate.ShouldBe(new QuantisationGate("per_tensor", 8, 0, 1, 40, Passed: true));
    }

    [Fact]
    public void Eight_bits_keep_nearly_all_of_the_ten_best_and_seven_keep_fewer()
    {
        var eight = Check(new QuantisationOptions(PerChannel: true));
        var seven = Check(new QuantisationOptions(PerChannel: true, Bits: 7));
        eight.TopTenOverlap.ShouldBeGreaterThan(0.9);
        seven.TopTenOverlap.ShouldBeInRange(0.8, eight.TopTenOverlap);
        seven.WeightBits.ShouldBe(7);
    }

    [Fact]
    public void Another_order_does_not_pass_and_neither_does_a_check_without_lists()
    {
        var other = RandomRankers.Network(9, Width, 32, 16, 1);
        QuantisationCheck.Run(s_full, other, s_options, Lists(40)).Passed.ShouldBeFalse();
        QuantisationCheck.Run(s_full, s_full, s_options, []).Passed.ShouldBeFalse();
    }

    [Fact]
    public void Only_networks_with_hidden_layers_can_be_quantised()
    {
        QuantisedNetwork.Of(RandomRankers.Network(1, Width, 1).Scorer, s_options).ShouldBeNull();
        QuantisedNetwork.Of(new Splitrail.Trainer.Ranker.Trees.TreeEnsemble(Width, 0, []), s_options).ShouldBeNull();
        QuantisedNetwork.Of(new Blend(s_full.Scorer, s_full.Scorer, 0.5f), s_options).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(8, 127)]
    [InlineData(7, 63)]
    public void Weights_use_the_whole_range_and_no_more(int bits, int limit)
    {
        var layer = QuantisedLayer.Of(new DenseLayer(2, 2, [1f, -4f, 0.5f, 2f], [0f, 0f]), new QuantisationOptions(PerChannel: true, bits));
        layer.Weights.Max(static weight => Math.Abs((int)weight)).ShouldBe(limit);
        layer.Scales.ShouldBe([1f / limit, 4f / limit]);
        layer.Weights[0].ShouldBe((sbyte)limit);
        layer.Weights[1].ShouldBe((sbyte)-limit);
    }

    private static QuantisationGate Check(QuantisationOptions options) =>
        QuantisationCheck.Run(s_full, s_full with { Scorer = QuantisedNetwork.Of(s_full.Scorer, options)! }, options, Lists(60));

    private static CandidateList[] Lists(int count) =>
        [.. Enumerable.Range(0, count).Select(seed => new CandidateList([.. Enumerable.Range(0, 50)], RandomRankers.Rows(seed, 50, Width), new HashSet<int> { seed % 50, 7 }))];
}
