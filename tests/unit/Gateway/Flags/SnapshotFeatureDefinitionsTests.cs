using Microsoft.FeatureManagement.FeatureFilters;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Experiments;
using Splitrail.Gateway.Assignment;
using Splitrail.Gateway.Flags;
using Splitrail.Tests.Unit.Gateway.Assignment;
using Xunit;

namespace Splitrail.Tests.Unit.Gateway.Flags;

public sealed class SnapshotFeatureDefinitionsTests
{
    [Fact]
    public async Task FeatureManagement_gives_every_user_the_arm_that_the_slot_map_gives()
    {
        var snapshot = Snapshots.Of(Snapshots.RaggedLayer());
        var features = Features.Of(snapshot);
        var state = new ControlState(snapshot);
        var assigned = 0;

        for (var i = 0; i < 100_000; i++)
        {
            var user = $"user-{i}";
            var arm = state.Assign(new Subject(user, null), default).Arms.SingleOrDefault();
            foreach (var experiment in new[] { "order", "mix" })
            {
                var variant = await features.GetVariantAsync(experiment, new TargetingContext { UserId = user });
                (variant?.Name).ShouldBe(arm?.Experiment == experiment ? arm.Arm : null, user);
                assigned += variant is null ? 0 : 1;
            }
        }

        assigned.ShouldBeInRange(85_200, 86_500);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task FeatureManagement_and_the_hot_path_read_a_kill_switch_alike(bool? flag, bool expected)
    {
        var flags = flag is { } on ? new Dictionary<string, bool> { [FlagNames.Search] = on } : [];

        (await Features.Of(Snapshots.Of() with { Flags = flags }).IsEnabledAsync(FlagNames.Search)).ShouldBe(expected);
        KillSwitches.Of(flags).Search.ShouldBe(expected);
    }

    [Fact]
    public async Task All_features_are_listed()
    {
        var names = new List<string>();
        await foreach (var name in Features.Of(Snapshots.Of(Snapshots.RaggedLayer())).GetFeatureNamesAsync())
            names.Add(name);

        names.ShouldBe([FlagNames.PersonalCandidates, FlagNames.Ranking, FlagNames.Caching, FlagNames.Search, "order", "mix"], ignoreOrder: true);
    }
}
