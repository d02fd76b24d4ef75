using Microsoft.FeatureManagement.FeatureFilters;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Experiments;
using Splitrail.Tests.Unit.Experiments;
using Splitrail.Tests.Unit.Gateway.Assignment;
using Xunit;

namespace Splitrail.Tests.Unit.Gateway.Flags;

/// <summary>The slot map and FeatureManagement's evaluation of the definitions compiled from it, side by side.</summary>
public sealed class MillionUsersTests
{
    private const int Users = 1_000_000;
    private const int Edits = 100;
    private const int Blocks = 20;
    private const string Experiment = "e";
    private static readonly string[] s_arms = ["a", "b", "c", "d", "e", "f", "g", "h"];

    [Fact]
    public async Task Both_give_a_million_users_the_same_arms_before_and_after_a_hundred_edits()
    {
        var random = new Random(17);
        var maps = new List<IReadOnlyList<SlotRange>> { SlotMapEdit.Apply([], RandomTargets(random), []) };
        await CompareAsync(maps[0]);

        for (var edit = 0; edit < Edits; edit++)
            maps.Add(SlotMapEdit.Apply(maps[^1], RandomTargets(random), Enumerable.Reverse(maps).Skip(1)));
        maps[^1].Count.ShouldBeGreaterThan(maps[0].Count);
        await CompareAsync(maps[^1]);
    }

    private static async Task CompareAsync(IReadOnlyList<SlotRange> map)
    {
        ExperimentArm[] arms = [.. s_arms.Select(static arm => new ExperimentArm(arm, arm == "a", 0.125, new()))];
        var snapshot = Snapshots.Of(new Layer("l", "million", [new(Experiment, "", 1, arms)], map));
        var features = Features.Of(snapshot);
        var assigner = new Assigner(snapshot);
        var different = new List<string>();
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Blocks), async (block, token) =>
        {
            var owners = new ushort[1];
            for (var i = block * (Users / Blocks); i < (block + 1) * (Users / Blocks); i++)
            {
                var user = UnitIds.Of(i % UnitIds.Families, i / UnitIds.Families);
                assigner.Assign(new Subject(user, null), default, owners);
                var arm = assigner.ArmOf(0, owners[0])?.Arm;
                var variant = await features.GetVariantAsync(Experiment, new TargetingContext { UserId = user }, token);
                seen.AddOrUpdate(arm ?? "", 1, static (_, count) => count + 1);
                if (variant?.Name == arm)
                    continue;
                lock (different)
                    different.Add($"{user}: {arm ?? "none"} here, {variant?.Name ?? "none"} there");
            }
        });
        different.ShouldBeEmpty();
        seen.Keys.ShouldBe([.. SlotMap.Counts(map).Keys.Select(static key => key.Arm), ""], ignoreOrder: true);
    }

    /// <summary>Two to eight arms, the others killed; some slots stay free.</summary>
    private static SlotTarget[] RandomTargets(Random random)
    {
        var alive = random.Next(2, s_arms.Length + 1);
        string[] arms = [.. s_arms];
        random.Shuffle(arms);
        return [.. arms.Take(alive).Select(arm => new SlotTarget(new ArmKey(Experiment, arm), random.Next(1000, (SlotMap.Slots / alive) - 1000)))];
    }
}
