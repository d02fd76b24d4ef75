using Shouldly;
using Splitrail.Contracts;
using Splitrail.Experiments;
using Splitrail.Gateway;
using Splitrail.Gateway.Assignment;
using Splitrail.Gateway.Exposures;
using Splitrail.Tests.Unit.Gateway.Assignment;
using Xunit;

namespace Splitrail.Tests.Unit.Gateway.Exposures;

public sealed class ExposureLogTests
{
    private readonly ExposureLog _log = new(new GatewayOptions { ExposureBatchSize = 1, ExposureBufferSize = 3 }, GatewayBench.Metrics);
    private readonly ControlState _state = new(Snapshots.Of(Snapshots.RaggedLayer() with { SlotMap = [new(0, SlotMap.Slots, "mix", "explore")] }));

    [Fact]
    public void An_exposure_says_who_met_which_arm_by_which_chance()
    {
        _log.Log(_state.Assign(new Subject("u", "s"), default), 7, "r", 99, 0, TimeSpan.FromMilliseconds(12), new PageFacts("mobile", "home", "shoes", "DE"));

        _log.Reader.TryRead(out var exposure).ShouldBeTrue();
        (exposure!.FallbackLevel, exposure.LatencyMs, exposure.Context).ShouldBe((0, 12, new ExposureContext("mobile", "home", "DE")));
        (exposure.Experiment, exposure.Arm, exposure.Unit, exposure.UnitKind, exposure.RequestId).ShouldBe(("mix", "explore", "u", "user", "r"));
        (exposure.SnapshotVersion, exposure.Epoch, exposure.Probability, exposure.TimestampMs).ShouldBe((7, 1, 0.75, 99));
    }

    [Fact]
    public void Who_is_not_counted_leaves_no_exposure()
    {
        _log.Log(_state.Assign(default, default), 7, "r", 99, 0, TimeSpan.FromMilliseconds(12));
        _log.Reader.TryRead(out _).ShouldBeFalse();
    }

    [Fact]
    public void Who_was_put_into_an_arm_by_name_leaves_no_exposure()
    {
        var layer = Snapshots.RaggedLayer();
        var forced = layer with { Experiments = [layer.Experiments[1] with { Overrides = new Dictionary<string, string> { ["tester"] = "explore" } }] };

        var arms = new ControlState(Snapshots.Of(forced)).Assign(new Subject("tester", null), default);
        _log.Log(arms, 7, "r", 99, 0, TimeSpan.FromMilliseconds(12));

        arms.Arms.ShouldHaveSingleItem().Arm.ShouldBe("explore");
        _log.Reader.TryRead(out _).ShouldBeFalse();
    }

    [Fact]
    public void An_arm_of_a_layer_of_sessions_is_counted_for_the_session()
    {
        var layer = Snapshots.RaggedLayer() with { Unit = UnitKinds.Session, SlotMap = [new(0, SlotMap.Slots, "mix", "explore")] };

        _log.Log(new ControlState(Snapshots.Of(layer)).Assign(new Subject("u", "s"), default), 7, "r", 99, 0, TimeSpan.FromMilliseconds(12));

        _log.Reader.TryRead(out var exposure).ShouldBeTrue();
        (exposure!.Unit, exposure.UnitKind).ShouldBe(("s", "session"));
    }

    [Fact]
    public void A_full_buffer_drops_and_does_not_wait()
    {
        for (var i = 0; i < 10; i++)
            _log.Log(_state.Assign(new Subject($"u{i}", null), default), 7, "r", 99, 0, TimeSpan.FromMilliseconds(12));

        _log.Reader.Count.ShouldBe(3);
    }
}
