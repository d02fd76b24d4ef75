using System.Text.Json;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Experiments;
using Splitrail.Feeds;
using Splitrail.Tests.Unit.Datasets;
using Xunit;

namespace Splitrail.Tests.Unit.Experiments;

/// <summary>
/// Ten thousand random sequences of edits of a layer: experiments of two to eight arms that join and leave, arms that are added, killed and resized, a holdout,
/// undo, and restarts from disk. What moved is counted here, by a sweep over both maps, not by the code under test.
/// </summary>
public sealed class EditSequenceTests
{
    private const int Sequences = 10_000;
    private const int Edits = 7;
    private const int Blocks = 16;

    [Fact]
    public void Ten_thousand_sequences_of_edits_move_the_minimum_and_nobody_else()
    {
        using var folder = new TemporaryFolder();
        var kinds = new int[5];
        Parallel.For(0, Blocks, block =>
        {
            for (var seed = block * (Sequences / Blocks); seed < (block + 1) * (Sequences / Blocks); seed++)
                Run(new Random(seed), Path.Combine(folder.Path, $"{block}.json"), kinds);
        });
        kinds.ShouldAllBe(static count => count > Sequences / 2, "each kind of edit was made often");
    }

    private static void Run(Random random, string file, int[] kinds)
    {
        var wanted = new List<Split> { Split.Random(random) };
        var maps = new List<IReadOnlyList<SlotRange>> { SlotMapEdit.Apply([], wanted[0].Targets([]), []) };
        for (var edit = 0; edit < Edits; edit++)
        {
            var kind = random.Next(5);
            Interlocked.Increment(ref kinds[kind]);
            if (kind == 4)
            {
                maps[^1] = Restarted(maps[^1], file);
                continue;
            }

            var back = random.Next(maps.Count);
            var next = kind == 3 ? wanted[back] : wanted[^1].Edited(random, kind);
            var targets = next.Targets(Enumerable.Reverse(wanted).Zip(Enumerable.Reverse(maps)));
            var after = SlotMapEdit.Apply(maps[^1], targets, Enumerable.Reverse(maps).Skip(1));
            var left = Check(maps[^1], after, targets);
            ShouldStay(left, wanted[^1], next);
            if (kind == 3 && back == maps.Count - 2)
                after.ShouldBe(maps[back], "undo brings back the map itself");
            wanted.Add(next);
            maps.Add(after);
        }
    }

    /// <returns>Slots that each owner lost.</returns>
    private static Dictionary<ArmKey, int> Check(IReadOnlyList<SlotRange> before, IReadOnlyList<SlotRange> after, SlotTarget[] targets)
    {
        ShouldBeDisjoint(after);
        var (had, has) = (Sizes(before), Sizes(after));
        foreach (var target in targets)
            has.GetValueOrDefault(target.Arm).ShouldBe(target.Slots);
        var left = Left(before, after);
        var minimum = had.Sum(arm => Math.Max(0, arm.Value - has.GetValueOrDefault(arm.Key)));
        left.Values.Sum().ShouldBe(minimum, "the fewest users move");
        return left;
    }

    private static void ShouldStay(Dictionary<ArmKey, int> left, Split was, Split next)
    {
        foreach (var arm in was.Arms.Where(arm => next.ShareOf(arm) == was.ShareOf(arm)))
            left.GetValueOrDefault(arm).ShouldBe(0, $"users of an arm that was not touched stay: {arm}; was {was}; next {next}");
    }

    /// <summary>No unit is in two experiments: a slot has one owner.</summary>
    private static void ShouldBeDisjoint(IReadOnlyList<SlotRange> map)
    {
        var end = 0;
        foreach (var range in map)
        {
            (range.Start >= end && range.End > range.Start).ShouldBeTrue();
            end = range.End;
        }

        end.ShouldBeLessThanOrEqualTo(SlotMap.Slots);
    }

    /// <summary>Slots by owner; those of nobody under the default key.</summary>
    private static Dictionary<ArmKey, int> Sizes(IReadOnlyList<SlotRange> map)
    {
        var sizes = new Dictionary<ArmKey, int> { [default] = SlotMap.Slots };
        foreach (var range in map)
        {
            sizes[ArmKey.Of(range)] = sizes.GetValueOrDefault(ArmKey.Of(range)) + range.End - range.Start;
            sizes[default] -= range.End - range.Start;
        }

        return sizes;
    }

    /// <summary>Slots that each owner of the first map has no more in the second.</summary>
    private static Dictionary<ArmKey, int> Left(IReadOnlyList<SlotRange> before, IReadOnlyList<SlotRange> after)
    {
        var left = new Dictionary<ArmKey, int>();
        int[] edges = [.. before.Concat(after).SelectMany(static range => new[] { range.Start, range.End }).Append(0).Append(SlotMap.Slots).Distinct().Order()];
        var (one, other) = (0, 0);
        for (var i = 0; i + 1 < edges.Length; i++)
        {
            var owner = OwnerOf(before, edges[i], ref one);
            if (owner != OwnerOf(after, edges[i], ref other))
                left[owner] = left.GetValueOrDefault(owner) + edges[i + 1] - edges[i];
        }

        return left;
    }

    /// <summary>Slots are asked for in ascending order.</summary>
    private static ArmKey OwnerOf(IReadOnlyList<SlotRange> map, int slot, ref int cursor)
    {
        while (cursor < map.Count && map[cursor].End <= slot)
            cursor++;
        return cursor < map.Count && map[cursor].Start <= slot ? ArmKey.Of(map[cursor]) : default;
    }

    /// <summary>The map as another process reads it from the file this one wrote.</summary>
    private static IReadOnlyList<SlotRange> Restarted(IReadOnlyList<SlotRange> map, string file)
    {
        var snapshot = new ControlSnapshot(1, "", 0, null, [new Layer("l", "s", [], map)], new Dictionary<string, bool>());
        snapshot = snapshot with { ContentHash = SnapshotHash.Of(snapshot) };
        File.WriteAllBytes(file, JsonSerializer.SerializeToUtf8Bytes(snapshot, ContractsJson.Default.ControlSnapshot));
        var read = JsonSerializer.Deserialize(File.ReadAllBytes(file), ContractsJson.Default.ControlSnapshot)!;
        SnapshotHash.Matches(read).ShouldBeTrue();
        read.Layers[0].SlotMap.ShouldBe(map);
        return read.Layers[0].SlotMap;
    }
}
