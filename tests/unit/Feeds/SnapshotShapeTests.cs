using Shouldly;
using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.Tests.Unit.Gateway.Assignment;
using Xunit;

namespace Splitrail.Tests.Unit.Feeds;

public sealed class SnapshotShapeTests
{
    private static readonly Layer s_layer = Snapshots.RaggedLayer();

    [Fact]
    public void A_sound_snapshot_has_no_fault() => FaultOf(Snapshots.Of(s_layer)).ShouldBeNull();

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(5, 5)]
    [InlineData(0, (1 << 20) + 1)]
    public void Slots_out_of_bounds_are_refused(int start, int end) =>
        FaultOf(Snapshots.Of(s_layer with { SlotMap = [new(start, end, "order", "control")] })).ShouldNotBeNull().ShouldContain($"slots {start} to {end}");

    [Fact]
    public void Slots_with_two_owners_are_refused() =>
        FaultOf(Snapshots.Of(s_layer with { SlotMap = [new(0, 10, "order", "control"), new(9, 20, "mix", "control")] })).ShouldNotBeNull().ShouldContain("9 to 20");

    [Fact]
    public void What_is_left_out_is_refused() => FaultOf(Snapshots.Of(s_layer with { Experiments = null! })).ShouldNotBeNull().ShouldContain("experiments");

    [Fact]
    public void Another_hash_is_refused() => SnapshotShape.FaultOf(Snapshots.Of(s_layer) with { ContentHash = "00" }).ShouldNotBeNull().ShouldContain("hash");

    private static string? FaultOf(ControlSnapshot snapshot) =>
        SnapshotShape.FaultOf(snapshot.Layers[0].Experiments is null ? snapshot : snapshot with { ContentHash = SnapshotHash.Of(snapshot) });
}
