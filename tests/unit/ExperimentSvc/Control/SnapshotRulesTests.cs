using Shouldly;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Control;
using Splitrail.Feeds;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Control;

public sealed class SnapshotRulesTests
{
    private static readonly SlotRange[] s_map = [new(0, 500, "x", "a"), new(500, 1000, "x", "b"), new(1000, 1100, ReservedNames.Holdout, ReservedNames.Holdout)];

    [Fact]
    public void A_sound_snapshot_passes() => SnapshotRules.FaultsOf(Snapshot(s_map)).ShouldBeEmpty();

    [Fact]
    public void Another_content_than_the_hash_says_is_refused() =>
        SnapshotRules.FaultsOf(Snapshot(s_map) with { ActiveModel = "m2" }).ShouldHaveSingleItem().ShouldContain("content hash");

    [Theory]
    [InlineData(0, 600, "x", "a", "out of order, overlap")]
    [InlineData(0, 500, "x", "c", "belong to x/c, which does not run")]
    [InlineData(0, 500, "y", "a", "belong to y/a, which does not run")]
    [InlineData(400, 500, "x", "a", "not a share of 0.5")]
    public void A_broken_map_is_refused(int start, int end, string experiment, string arm, string said) =>
        SnapshotRules.FaultsOf(Snapshot([new SlotRange(start, end, experiment, arm), .. s_map[1..]])).ShouldContain(fault => fault.Contains(said, StringComparison.Ordinal));

    [Theory]
    [InlineData(0.5, 0.6)]
    [InlineData(0.2, 0.2)]
    public void Shares_that_do_not_sum_to_one_are_refused(double one, double other) =>
        SnapshotRules.FaultsOf(Snapshot(s_map, one, other)).ShouldContain(static fault => fault.Contains("shares that do not sum to 1", StringComparison.Ordinal));

    private static ControlSnapshot Snapshot(IReadOnlyList<SlotRange> map, double one = 0.5, double other = 0.5)
    {
        var experiment = new ExperimentDefinition("x", "H.", 1, [new ExperimentArm("a", true, one, new ArmParameters()), new ExperimentArm("b", false, other, new ArmParameters())]);
        var snapshot = new ControlSnapshot(1, "", 1, "m1", [new Layer("l", "s", [experiment], map)], new Dictionary<string, bool>());
        return snapshot with { ContentHash = SnapshotHash.Of(snapshot) };
    }
}
