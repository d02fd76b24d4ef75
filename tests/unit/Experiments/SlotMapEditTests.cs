using Shouldly;
using Splitrail.Contracts;
using Splitrail.Experiments;
using Xunit;

namespace Splitrail.Tests.Unit.Experiments;

public sealed class SlotMapEditTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Any_chain_of_edits_moves_the_minimum_and_keeps_the_map_sound(int seed)
    {
        var random = new Random(seed);
        var maps = new List<IReadOnlyList<SlotRange>> { Array.Empty<SlotRange>() };
        for (var edit = 0; edit < 60; edit++)
        {
            var targets = RandomTargets(random);
            var before = maps[^1];
            var after = SlotMapEdit.Apply(before, targets, maps.AsEnumerable().Reverse().Skip(1));

            ShouldBeSound(after);
            foreach (var target in targets)
                SlotMap.Counts(after).GetValueOrDefault(target.Arm).ShouldBe(target.Slots);
            Moved(before, after).ShouldBe(Minimum(before, targets));
            maps.Add(after);
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Undoing_edit_after_edit_brings_back_every_earlier_map(int seed)
    {
        var random = new Random(seed);
        var history = new List<IReadOnlyList<SlotRange>> { Array.Empty<SlotRange>() };
        var wanted = new List<IReadOnlyList<SlotTarget>> { Array.Empty<SlotTarget>() };
        for (var edit = 0; edit < 12; edit++)
        {
            wanted.Add(RandomTargets(random));
            history.Add(SlotMapEdit.Apply(history[^1], wanted[^1], history.AsEnumerable().Reverse().Skip(1)));
        }

        var published = history.ToList();
        for (var back = wanted.Count - 2; back >= 0; back--)
        {
            published.Add(SlotMapEdit.Apply(published[^1], wanted[back], published.AsEnumerable().Reverse().Skip(1)));
            published[^1].ShouldBe(history[back]);
        }
    }

    [Fact]
    public void The_same_edits_give_the_same_map()
    {
        static IReadOnlyList<SlotRange> Run()
        {
            var random = new Random(99);
            IReadOnlyList<SlotRange> map = [];
            for (var i = 0; i < 20; i++)
                map = SlotMapEdit.Apply(map, RandomTargets(random), []);
            return map;
        }

        Run().ShouldBe(Run());
    }

    [Fact]
    public void Who_shrinks_gives_from_the_end_of_his_last_run()
    {
        var half = SlotMapEdit.Apply([], [Target("a", SlotMap.Slots / 2), Target("b", SlotMap.Slots / 2)], []);
        var edited = SlotMapEdit.Apply(half, [Target("a", (SlotMap.Slots / 2) + 10), Target("b", (SlotMap.Slots / 2) - 10)], []);
        edited.ShouldBe(
        [
            new SlotRange(0, SlotMap.Slots / 2, "x", "a"),
            new SlotRange(SlotMap.Slots / 2, SlotMap.Slots - 10, "x", "b"),
            new SlotRange(SlotMap.Slots - 10, SlotMap.Slots, "x", "a"),
        ]);
    }

    [Fact]
    public void An_experiment_that_joins_the_layer_moves_nobody_who_is_in_another()
    {
        var first = SlotMapEdit.Apply([], [Target("a", 1000), Target("b", 1000)], []);
        var second = SlotMapEdit.Apply(first, [Target("a", 1000), Target("b", 1000), new SlotTarget(new ArmKey("y", "a"), 500)], []);
        second.Take(2).ShouldBe(first);
    }

    [Fact]
    public void The_same_sizes_change_nothing()
    {
        var map = SlotMapEdit.Apply([], [Target("a", 3), Target("b", 4)], []);
        SlotMapEdit.Apply(map, [Target("b", 4), Target("a", 3)], []).ShouldBeSameAs(map);
    }

    private static SlotTarget Target(string arm, int slots) => new(new ArmKey("x", arm), slots);

    private static List<SlotTarget> RandomTargets(Random random)
    {
        var left = SlotMap.Slots;
        var targets = new List<SlotTarget>();
        foreach (var experiment in (string[])["x", "y"])
        {
            foreach (var arm in (string[])["a", "b", "c"])
            {
                // Now and then nothing, now and then all that is left.
                var slots = random.Next(4) switch { 0 => 0, 1 when arm == "c" => left, _ => random.Next(left + 1) };
                left -= slots;
                targets.Add(new SlotTarget(new ArmKey(experiment, arm), slots));
            }
        }

        return targets;
    }

    private static void ShouldBeSound(IReadOnlyList<SlotRange> map)
    {
        var end = 0;
        foreach (var range in map)
        {
            range.Start.ShouldBeGreaterThanOrEqualTo(end);
            range.End.ShouldBeGreaterThan(range.Start);
            end = range.End;
        }

        end.ShouldBeLessThanOrEqualTo(SlotMap.Slots);
    }

    /// <summary>Slot by slot, not by the code under test.</summary>
    private static int Moved(IReadOnlyList<SlotRange> before, IReadOnlyList<SlotRange> after)
    {
        var (one, other) = (Owners(before), Owners(after));
        var moved = 0;
        for (var slot = 0; slot < SlotMap.Slots; slot++)
            moved += one[slot] == other[slot] ? 0 : 1;
        return moved;
    }

    private static int Minimum(IReadOnlyList<SlotRange> before, List<SlotTarget> targets)
    {
        var had = new int[7];
        foreach (var owner in Owners(before))
            had[owner]++;
        var wanted = new int[7];
        foreach (var target in targets)
            wanted[Number(target.Arm)] = target.Slots;
        wanted[0] = SlotMap.Slots - wanted.Sum();
        return had.Zip(wanted, static (old, now) => Math.Max(0, old - now)).Sum();
    }

    private static byte[] Owners(IReadOnlyList<SlotRange> map)
    {
        var owners = new byte[SlotMap.Slots];
        foreach (var range in map)
            owners.AsSpan(range.Start, range.End - range.Start).Fill(Number(ArmKey.Of(range)));
        return owners;
    }

    /// <summary>From 1 to 6; 0 is nobody.</summary>
    private static byte Number(ArmKey arm) => (byte)(((arm.Experiment[0] - 'x') * 3) + (arm.Arm[0] - 'a') + 1);
}
