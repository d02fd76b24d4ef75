using Shouldly;
using Splitrail.Contracts;
using Splitrail.Feeds;
using Xunit;

namespace Splitrail.Tests.Unit.Feeds;

public sealed class SnapshotHashTests
{
    private static readonly ControlSnapshot s_snapshot = Hashed(new(
        3, "", 1_000, "m1",
        [new("ranking", "seed", [new("e1", "Better order sells more.", 1, [new("control", true, 0.5, new()), new("treatment", false, 0.5, new("guest"))])],
            [new(0, 524_288, "e1", "control"), new(524_288, 1_048_576, "e1", "treatment")])],
        new Dictionary<string, bool> { ["ranking"] = true, ["caching"] = false }));

    [Fact]
    public void A_snapshot_matches_its_own_hash() => SnapshotHash.Matches(s_snapshot).ShouldBeTrue();

    [Fact]
    public void Version_and_time_are_not_content() => SnapshotHash.Matches(s_snapshot with { Version = 4, CreatedMs = 2 }).ShouldBeTrue();

    [Fact]
    public void The_order_of_the_flags_is_not_content() =>
        SnapshotHash.Of(s_snapshot with { Flags = new Dictionary<string, bool> { ["caching"] = false, ["ranking"] = true } }).ShouldBe(s_snapshot.ContentHash);

    [Fact]
    public void One_changed_slot_is_found() => SnapshotHash.Matches(s_snapshot with
    {
        Layers = [s_snapshot.Layers[0] with { SlotMap = [new(0, 524_289, "e1", "control"), new(524_289, 1_048_576, "e1", "treatment")] }],
    }).ShouldBeFalse();

    private static ControlSnapshot Hashed(ControlSnapshot snapshot) => snapshot with { ContentHash = SnapshotHash.Of(snapshot) };
}
