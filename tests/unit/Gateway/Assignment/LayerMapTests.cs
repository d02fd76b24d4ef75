using Shouldly;
using Splitrail.Contracts;
using Splitrail.Experiments;
using Splitrail.Gateway.Assignment;
using Xunit;

namespace Splitrail.Tests.Unit.Gateway.Assignment;

public sealed class LayerMapTests
{
    private readonly LayerMap _map = new(Snapshots.RaggedLayer());

    [Theory]
    [InlineData(0, "order/treatment")]
    [InlineData(1, "order/control")]
    [InlineData(199_999, "order/control")]
    [InlineData(200_000, "order/treatment")]
    [InlineData(399_998, "order/treatment")]
    [InlineData(399_999, null)]
    [InlineData(499_999, null)]
    [InlineData(500_000, "mix/control")]
    [InlineData(900_000, "order/control")]
    [InlineData(1_000_000, null)]
    [InlineData(1_048_574, null)]
    [InlineData(1_048_575, "mix/explore")]
    public void A_slot_belongs_to_the_arm_of_its_range(int slot, string? expected) =>
        (_map.FindSlot(slot) is { } arm ? $"{arm.Experiment}/{arm.Arm}" : null).ShouldBe(expected);

    [Fact]
    public void An_arm_carries_its_epoch_probability_and_parameters()
    {
        var arm = _map.FindSlot(600_001).ShouldNotBeNull();

        (arm.Epoch, arm.Probability, arm.Parameters.Mix).ShouldBe((1, 0.75, "explore"));
    }

    [Fact]
    public void A_range_of_an_experiment_that_does_not_run_assigns_nobody() =>
        new LayerMap(new Layer("l", "s", [], [new(0, UnitSlot.Count, "gone", "a")])).FindSlot(5).ShouldBeNull();

    [Fact]
    public void The_order_of_the_ranges_does_not_matter()
    {
        var layer = Snapshots.RaggedLayer();
        var reversed = new LayerMap(layer with { SlotMap = [.. layer.SlotMap.Reverse()] });

        for (var slot = 0; slot < UnitSlot.Count; slot += 997)
            reversed.FindSlot(slot).ShouldBe(_map.FindSlot(slot));
    }
}
