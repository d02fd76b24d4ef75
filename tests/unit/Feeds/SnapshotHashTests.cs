using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
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

    [Fact]
    public void A_snapshot_that_an_older_release_stored_still_matches()
    {
        const string stored =
            """
            {"version":0,"content_hash":"","created_ms":0,"active_model":"m1","layers":[{"id":"ranking","seed":"s","experiments":[{"id":"e1","hypothesis":"h","epoch":1,"arms":[{"id":"control","is_control":true,"share":0.5,"parameters":{}},{"id":"b","is_control":false,"share":0.5,"parameters":{"mix":"guest"}}]}],"slot_map":[{"start":0,"end":9,"experiment":"e1","arm":"b"}]}],"flags":{"caching":true}}
            """;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(stored)));

        var read = JsonSerializer.Deserialize(stored, ContractsJson.Default.ControlSnapshot).ShouldNotBeNull();

        SnapshotHash.Matches(read with { ContentHash = hash }).ShouldBeTrue();
    }

    [Fact]
    public void Every_member_that_came_later_is_content()
    {
        ControlSnapshot Changed(Func<Layer, Layer> change) => s_snapshot with { Layers = [change(s_snapshot.Layers[0])] };
        ControlSnapshot ChangedExperiment(Func<ExperimentDefinition, ExperimentDefinition> change) => Changed(layer => layer with { Experiments = [change(layer.Experiments[0])] });

        SnapshotHash.Matches(Changed(static layer => layer with { Hash = LayerHashes.Fast })).ShouldBeFalse();
        SnapshotHash.Matches(Changed(static layer => layer with { Unit = UnitKinds.User })).ShouldBeFalse();
        SnapshotHash.Matches(ChangedExperiment(static experiment => experiment with { Audience = [new(AudienceAttributes.Device, AudienceOperators.EqualTo, ["phone"])] })).ShouldBeFalse();
        SnapshotHash.Matches(ChangedExperiment(static experiment => experiment with { Overrides = new Dictionary<string, string> { ["u"] = "control" } })).ShouldBeFalse();
        SnapshotHash.Matches(s_snapshot with { GlobalHoldout = new HoldoutDefinition("h", []) }).ShouldBeFalse();
    }

    [Fact]
    public void What_came_later_survives_being_stored_and_read()
    {
        var layer = s_snapshot.Layers[0];
        var full = Hashed(s_snapshot with
        {
            GlobalHoldout = new HoldoutDefinition("h", [new(0, 9, ReservedNames.Holdout, ReservedNames.Holdout)], LayerHashes.Fast),
            Layers =
            [
                layer with
                {
                    Hash = LayerHashes.Fast,
                    Unit = UnitKinds.Session,
                    Experiments =
                    [
                        layer.Experiments[0] with
                        {
                            Audience = [new(AudienceAttributes.Device, AudienceOperators.In, ["phone", "tablet"])],
                            Overrides = new Dictionary<string, string> { ["u2"] = "control", ["u1"] = "treatment" },
                        },
                    ],
                },
            ],
        });

        var read = JsonSerializer.Deserialize(JsonSerializer.Serialize(full, ContractsJson.Default.ControlSnapshot), ContractsJson.Default.ControlSnapshot).ShouldNotBeNull();

        SnapshotHash.Matches(read).ShouldBeTrue();
        read.Layers[0].Experiments[0].Overrides.ShouldNotBeNull()["u1"].ShouldBe("treatment");
    }

    private static ControlSnapshot Hashed(ControlSnapshot snapshot) => snapshot with { ContentHash = SnapshotHash.Of(snapshot) };
}
