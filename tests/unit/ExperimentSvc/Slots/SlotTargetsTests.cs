using Shouldly;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Slots;
using Splitrail.Experiments;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Slots;

public sealed class SlotTargetsTests
{
    [Fact]
    public void Shares_that_do_not_divide_the_slots_still_use_all_of_them()
    {
        var targets = SlotTargets.Of(Layer(Experiment("x", 1, 1 / 3d, 1 / 3d, 1 / 3d)));
        targets.Sum(static target => target.Slots).ShouldBe(SlotMap.Slots);
        targets.ShouldAllBe(static target => Math.Abs(target.Slots - (SlotMap.Slots / 3d)) < 1);
    }

    [Fact]
    public void Traffic_leaves_the_rest_of_the_layer_free() =>
        SlotTargets.Of(Layer(Experiment("x", 0.1, 0.5, 0.5), Experiment("y", 0.2, 0.9, 0.1))).Sum(static target => target.Slots)
            .ShouldBe((int)Math.Round(0.3 * SlotMap.Slots));

    [Fact]
    public void Experiments_that_do_not_run_get_none() =>
        SlotTargets.Of(Layer(Experiment("x", 1, 0.5, 0.5) with { State = ExperimentStates.Stopped })).ShouldBeEmpty();

    [Fact]
    public void An_arm_without_share_gets_no_slot() =>
        SlotTargets.Of(Layer(Experiment("x", 1, 0, 1 / 3d, 2 / 3d)))[0].Slots.ShouldBe(0);

    [Fact]
    public void Full_layers_never_get_more_than_there_are() =>
        SlotTargets.Of(Layer([.. Enumerable.Range(0, 7).Select(i => Experiment($"x{i}", (1 / 7d) + 1e-9, 0.3, 0.7))])).Sum(static target => target.Slots)
            .ShouldBeLessThanOrEqualTo(SlotMap.Slots);

    private static DefinedLayer Layer(params DefinedExperiment[] experiments) => new() { Id = "l", Seed = "s", Experiments = experiments };

    private static DefinedExperiment Experiment(string id, double traffic, params double[] shares) => new()
    {
        Id = id,
        State = ExperimentStates.Running,
        Traffic = traffic,
        Arms = [.. shares.Select(static (share, i) => new DefinedArm { Id = $"a{i}", Share = share, Control = i == 0 })],
    };
}
