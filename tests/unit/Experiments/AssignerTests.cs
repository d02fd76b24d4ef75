using Shouldly;
using Splitrail.Contracts;
using Splitrail.Experiments;
using Splitrail.Tests.Unit.Gateway.Assignment;
using Xunit;

namespace Splitrail.Tests.Unit.Experiments;

public sealed class AssignerTests
{
    private static readonly ExperimentArm[] s_arms = [new("control", true, 0.5, new()), new("b", false, 0.5, new(Mix: "explore"))];
    private static readonly Layer s_all = new("l", "s", [new("e", "", 1, s_arms)], [new(0, SlotMap.Slots, "e", "b")]);

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
    public void A_slot_belongs_to_the_arm_of_its_range(int slot, string? expected)
    {
        var layer = new LayerArms(Snapshots.RaggedLayer(), []);

        (layer.ArmOf(layer.Find(slot, "u", Subject.User, default)) is { } arm ? $"{arm.Experiment}/{arm.Arm}" : null).ShouldBe(expected);
    }

    [Fact]
    public void An_arm_carries_its_epoch_probability_and_parameters()
    {
        var layer = new LayerArms(Snapshots.RaggedLayer(), []);

        var arm = layer.ArmOf(layer.Find(600_001, "u", Subject.User, default)).ShouldNotBeNull();

        (arm.Epoch, arm.Probability, arm.Parameters.Mix).ShouldBe((1, 0.75, "explore"));
    }

    [Fact]
    public void A_range_of_an_experiment_that_does_not_run_assigns_nobody() =>
        Arms(Snapshots.Of(new Layer("l", "s", [], [new(0, SlotMap.Slots, "gone", "a")])), new Subject("u", null)).ShouldBe([null]);

    [Fact]
    public void Who_is_in_the_layers_holdout_is_in_no_experiment_of_it()
    {
        var held = s_all with { Id = "held", SlotMap = [new(0, SlotMap.Slots, ReservedNames.Holdout, ReservedNames.Holdout)] };

        Arms(Snapshots.Of(held, s_all), new Subject("u", null)).ShouldBe([null, "e/b"]);
    }

    [Theory]
    [InlineData(LayerHashes.Compatible)]
    [InlineData(LayerHashes.Fast)]
    public void Who_is_in_the_global_holdout_is_in_no_experiment_at_all(string hash)
    {
        SlotRange[] quarter = [new(0, SlotMap.Slots / 4, ReservedNames.Holdout, ReservedNames.Holdout)];
        var snapshot = Snapshots.Of(s_all, s_all with { Id = "second", Seed = "t", Hash = LayerHashes.Fast }) with
        {
            GlobalHoldout = new HoldoutDefinition("hold", quarter, hash),
        };
        var assigner = new Assigner(snapshot);

        var outOfAll = Enumerable.Range(0, 8_000).Count(i => Arms(assigner, new Subject($"u{i}", null)).All(static arm => arm is null));
        var inAll = Enumerable.Range(0, 8_000).Count(i => Arms(assigner, new Subject($"u{i}", null)).All(static arm => arm is not null));

        outOfAll.ShouldBeInRange(1_850, 2_150);
        (outOfAll + inAll).ShouldBe(8_000);
    }

    [Fact]
    public void An_override_wins_over_slot_audience_and_holdout_and_is_marked()
    {
        var experiment = new ExperimentDefinition(
            "e", "", 1, s_arms, [new("device", "equals", ["phone"])], new Dictionary<string, string> { ["tester"] = "control" });
        var snapshot = Snapshots.Of(s_all with { Experiments = [experiment] }) with
        {
            GlobalHoldout = new HoldoutDefinition("hold", [new(0, SlotMap.Slots, ReservedNames.Holdout, ReservedNames.Holdout)]),
        };
        var assigner = new Assigner(snapshot);

        Arms(assigner, new Subject("tester", null)).ShouldBe(["e/control"]);
        Arms(assigner, new Subject("other", null)).ShouldBe([null]);
        Owner(assigner, new Subject("tester", null)).ShouldNotBeNull().IsForced.ShouldBeTrue();
    }

    [Fact]
    public void Only_who_belongs_to_the_audience_takes_part()
    {
        var snapshot = Snapshots.Of(s_all with { Experiments = [new("e", "", 1, s_arms, [new("device", "equals", ["phone"])])] });

        Arms(snapshot, new Subject("u", null), new AudienceFacts(new PageFacts(Device: "phone"), null, 0)).ShouldBe(["e/b"]);
        Arms(snapshot, new Subject("u", null), new AudienceFacts(new PageFacts(Device: "tv"), null, 0)).ShouldBe([null]);
        Arms(snapshot, new Subject("u", null)).ShouldBe([null]);
    }

    [Fact]
    public void Nobody_in_particular_gets_the_control_of_the_first_experiment_whose_audience_he_belongs_to()
    {
        var snapshot = Snapshots.Of(s_all with { Experiments = [new("phones", "", 1, s_arms, [new("device", "equals", ["phone"])]), new("e", "", 1, s_arms)] });

        Arms(snapshot, default, new AudienceFacts(new PageFacts(Device: "phone"), null, 0)).ShouldBe(["phones/control"]);
        Arms(snapshot, default).ShouldBe(["e/control"]);
    }

    [Fact]
    public void A_layer_randomises_its_own_unit()
    {
        var layer = Snapshots.RaggedLayer();
        var assigner = new Assigner(Snapshots.Of(layer, layer with { Unit = UnitKinds.Session }, layer with { Unit = UnitKinds.User }));

        for (var i = 0; i < 200; i++)
        {
            var (user, session) = ($"u{i}", $"s{i}");
            var (ofUser, ofSession) = (Arms(assigner, new Subject(user, null))[0], Arms(assigner, new Subject(null, session))[0]);
            Arms(assigner, new Subject(user, session)).ShouldBe([ofUser, ofSession, ofUser]);
            Arms(assigner, new Subject(user, session, KeepsSession: true)).ShouldBe([ofSession, ofSession, ofUser]);
            Arms(assigner, new Subject(null, session)).ShouldBe([ofSession, ofSession, null]);
        }
    }

    [Fact]
    public void A_hash_of_a_later_release_is_named_and_its_layer_is_empty()
    {
        var assigner = new Assigner(Snapshots.Of(s_all with { Hash = "quantum" }, s_all));

        Arms(assigner, new Subject("u", null)).ShouldBe([null, "e/b"]);
        assigner.Faults.ShouldHaveSingleItem().ShouldContain("quantum");
    }

    [Theory]
    [InlineData(LayerHashes.Compatible)]
    [InlineData(LayerHashes.Fast)]
    [InlineData(LayerHashes.GrowthBook2)]
    public void Assigning_allocates_nothing(string hash)
    {
        var audience = new AudienceRule[] { new("device", "in", ["phone"]), new("app_version", "semver_gt", ["1.0.0"]), new("unit", "sampled", ["0.9", "x"]) };
        var layers = Enumerable.Range(0, 10).Select(i => s_all with { Seed = $"seed-{i}", Hash = hash, Experiments = [new("e", "", 1, s_arms, audience)] });
        var assigner = new Assigner(Snapshots.Of([.. layers]) with { GlobalHoldout = new HoldoutDefinition("h", [new(0, 9, "@holdout", "@holdout")]) });
        var facts = new AudienceFacts(new PageFacts(Device: "phone", AppVersion: "2.1"), UserContext.Empty, 0);
        var owners = new ushort[10];
        // What the runtime itself allocates, once, when it compiles a method anew is not ours: the least of some rounds is.
        Enumerable.Range(0, 5).Min(_ => AllocatedBy(() =>
        {
            for (var i = 0; i < 1000; i++)
                assigner.Assign(new Subject("user-123456", "session-1"), facts, owners);
        })).ShouldBe(0);
    }

    private static long AllocatedBy(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string?[] Arms(ControlSnapshot snapshot, Subject subject, AudienceFacts facts = default) => Arms(new Assigner(snapshot), subject, facts);

    private static string?[] Arms(Assigner assigner, Subject subject, AudienceFacts facts = default)
    {
        var owners = new ushort[assigner.Layers];
        assigner.Assign(subject, facts, owners);
        return [.. owners.Select((owner, layer) => assigner.ArmOf(layer, owner) is { } arm ? $"{arm.Experiment}/{arm.Arm}" : null)];
    }

    private static AssignedArm? Owner(Assigner assigner, Subject subject)
    {
        var owners = new ushort[assigner.Layers];
        assigner.Assign(subject, default, owners);
        return assigner.ArmOf(0, owners[0]);
    }
}
