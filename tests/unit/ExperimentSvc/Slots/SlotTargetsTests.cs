using Shouldly;
using Splitrail.Contracts;
using Splitrail.Experiments;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Slots;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Slots;

public sealed class SlotTargetsTests
{
    [Fact]
    public void Shares_that_do_not_divide_the_slots_still_use_all_of_them()
    {
        var targets = Arms(Experiment("x", 1, 1 / 3d, 1 / 3d, 1 / 3d));
        targets.Sum(static target => target.Slots).ShouldBe(SlotMap.Slots);
        targets.ShouldAllBe(static target => Math.Abs(target.Slots - (SlotMap.Slots / 3d)) < 1);
    }

    [Fact]
    public void Traffic_leaves_the_rest_of_the_layer_free() =>
        Arms(Experiment("x", 0.1, 0.5, 0.5), Experiment("y", 0.2, 0.9, 0.1)).Sum(static target => target.Slots).ShouldBeInRange((int)(0.3 * SlotMap.Slots) - 2, (int)(0.3 * SlotMap.Slots));

    [Fact]
    public void Another_experiment_of_the_layer_changes_no_arm_of_this_one()
    {
        var alone = Arms(Experiment("x", 1 / 3d, 0.3, 0.3, 0.4));
        Arms(Experiment("x", 1 / 3d, 0.3, 0.3, 0.4), Experiment("y", 1 / 7d, 1 / 3d, 2 / 3d)).Take(3).ShouldBe(alone);
    }

    [Fact]
    public void The_holdout_of_a_layer_is_a_target_of_its_own() =>
        SlotTargets.Of(new DefinedLayer { Holdout = 0.25 }, [], [])[0].ShouldBe(new SlotTarget(ArmKey.Holdout, SlotMap.Slots / 4));

    [Fact]
    public void An_arm_without_share_gets_no_slot() => Arms(Experiment("x", 1, 0, 1 / 3d, 2 / 3d))[0].Slots.ShouldBe(0);

    [Fact]
    public void Full_layers_never_get_more_than_there_are() =>
        Arms([.. Enumerable.Range(0, 7).Select(static i => Experiment($"x{i}", (1 / 7d) + 1e-9, 0.3, 0.7))]).Sum(static target => target.Slots).ShouldBeLessThanOrEqualTo(SlotMap.Slots);

    [Theory]
    [InlineData(1)]
    [InlineData(0.01)]
    public void An_edit_of_two_arms_leaves_the_third_every_slot_and_its_undo_gives_all_of_them_theirs(double traffic)
    {
        Layer Edited(IReadOnlyList<Layer> before, params double[] shares)
        {
            var targets = SlotTargets.Of(new DefinedLayer(), [Experiment("x", traffic, shares)], before);
            ExperimentArm[] arms = [.. shares.Select(static (share, i) => new ExperimentArm($"a{i}", i == 0, share, new()))];
            return new Layer("l", "s", [new("x", "", 1, arms)], SlotMapEdit.Apply(before.Count > 0 ? before[0].SlotMap : [], targets, before.Select(static one => one.SlotMap)));
        }

        double[] thirds = [1 / 3d, 1 / 3d, 1 / 3d];
        var first = Edited([], thirds);
        for (var percent = 1; percent < 66; percent++)
        {
            var second = Edited([first], percent / 100d, (2 / 3d) - (percent / 100d), 1 / 3d);
            SlotMap.Counts(second.SlotMap)[new ArmKey("x", "a2")].ShouldBe(SlotMap.Counts(first.SlotMap)[new ArmKey("x", "a2")]);
            Edited([second, first], thirds).SlotMap.ShouldBe(first.SlotMap);
        }
    }

    private static SlotTarget[] Arms(params ExperimentRecord[] running) => [.. SlotTargets.Of(new DefinedLayer(), running, []).Skip(1)];

    private static ExperimentRecord Experiment(string id, double traffic, params double[] shares) => new(
        new DefinedExperiment { Id = id, Traffic = traffic, Arms = [.. shares.Select(static (share, i) => new DefinedArm { Id = $"a{i}", Share = share, Control = i == 0 })] },
        new Lifecycle { State = ExperimentState.Running });
}
