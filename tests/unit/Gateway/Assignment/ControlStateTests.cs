using Shouldly;
using Splitrail.Contracts;
using Splitrail.Experiments;
using Splitrail.Gateway.Assignment;
using Xunit;

namespace Splitrail.Tests.Unit.Gateway.Assignment;

public sealed class ControlStateTests
{
    private static readonly Layer s_all = new(
        "l", "s",
        [new("e", "", 1, [new("control", true, 0.5, new(Mix: "default")), new("b", false, 0.5, new(Mix: "explore", Ranker: "none"))])],
        [new(0, SlotMap.Slots, "e", "b")]);

    [Fact]
    public void Who_has_no_id_gets_the_control()
    {
        var arms = new ControlState(Snapshots.Of(s_all)).Assign(default, default);

        arms.Arms.ShouldHaveSingleItem().Arm.ShouldBe("control");
        arms.Mix.ShouldBe("default");
    }

    [Fact]
    public void An_arm_gives_its_parameters()
    {
        var arms = new ControlState(Snapshots.Of(s_all)).Assign(new Subject("u", null), default);

        (arms.Mix, arms.Ranker).ShouldBe(("explore", "none"));
    }

    [Fact]
    public void Layers_assign_independently()
    {
        var state = new ControlState(Snapshots.Of(Snapshots.RaggedLayer("a"), Snapshots.RaggedLayer("b")));
        var pairs = new HashSet<string>();

        for (var i = 0; i < 3000; i++)
            pairs.Add(string.Join('+', state.Assign(new Subject($"u{i}", null), default).Arms.Select(static arm => $"{arm.Experiment}/{arm.Arm}")));

        // Four arms or none in either layer.
        pairs.Count.ShouldBeGreaterThan(18);
    }

    [Fact]
    public void Where_two_layers_name_a_parameter_the_first_one_wins()
    {
        var second = s_all with { Id = "l2", Experiments = [new("e", "", 1, [new("b", true, 1, new(Mix: "popular", Ranker: "other"))])] };

        new ControlState(Snapshots.Of(s_all, second)).Assign(new Subject("u", null), default).Mix.ShouldBe("explore");
    }
}
