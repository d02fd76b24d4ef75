using Shouldly;
using Splitrail.Contracts;
using Splitrail.Experiments;
using Splitrail.ExperimentSvc.Control;
using Splitrail.ExperimentSvc.Definitions;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Control;

/// <summary>An experiment that was begun in GrowthBook, defined here with its seed, coverage and weights.</summary>
public sealed class GrowthBookLayerTests
{
    private const string Seed = "checkout-button";
    private readonly List<ControlSnapshot> _published = [];

    [Theory]
    [InlineData(LayerHashes.GrowthBook1, 1, 1.0, new[] { 0.5, 0.5 })]
    [InlineData(LayerHashes.GrowthBook2, 2, 1.0, new[] { 0.2, 0.3, 0.5 })]
    [InlineData(LayerHashes.GrowthBook2, 2, 0.35, new[] { 0.34, 0.33, 0.33 })]
    public void Everybody_keeps_the_variation_he_had_and_an_edit_moves_nobody_of_an_arm_it_does_not_touch(string hash, int version, double coverage, double[] weights)
    {
        var ranges = GrowthBook.BucketRanges(weights.Length, coverage, weights);
        var start = Publish(hash, coverage, weights);
        SnapshotRules.FaultsOf(start).ShouldBeEmpty();
        var assigner = new Assigner(start);
        var owners = new ushort[1];
        for (var i = 0; i < 20_000; i++)
        {
            var variation = GrowthBook.ChooseVariation(GrowthBook.Hash(Seed, $"user-{i}", version)!.Value, ranges);
            assigner.Assign(new Subject($"user-{i}", null), default, owners);
            (assigner.ArmOf(0, owners[0])?.Arm).ShouldBe(variation < 0 ? null : $"arm-{variation}", $"user-{i}");
        }

        Publish(hash, coverage, weights).ShouldBeSameAs(start, "saving the same changes nothing");
        double[] edited = [.. weights];
        (edited[0], edited[1]) = (edited[0] - 0.1, edited[1] + 0.1);
        var after = Publish(hash, coverage, edited);
        SnapshotRules.FaultsOf(after).ShouldBeEmpty();
        var (before, moved) = (Map(start), SlotMap.Distance(Map(start), Map(after)));
        moved.ShouldBeInRange((int)(0.1 * coverage * SlotMap.Slots) - SlotHashes.GrainOf(hash), (int)(0.1 * coverage * SlotMap.Slots) + SlotHashes.GrainOf(hash));
        Map(after).Where(static range => range.Arm == "arm-2").ShouldBe(before.Where(static range => range.Arm == "arm-2"));
    }

    private static IReadOnlyList<SlotRange> Map(ControlSnapshot snapshot) => snapshot.Layers[0].SlotMap;

    private ControlSnapshot Publish(string hash, double coverage, double[] weights)
    {
        var definitions = DefinitionSet.Empty
            .With(new DefinedLayer { Id = "l", Seed = Seed, Hash = hash })
            .With(new ExperimentRecord(
                new DefinedExperiment
                {
                    Id = "x",
                    Layer = "l",
                    Hypothesis = "H.",
                    Traffic = coverage,
                    Arms = [.. weights.Select(static (weight, i) => new DefinedArm { Id = $"arm-{i}", Control = i == 0, Share = weight })],
                },
                new Lifecycle { State = ExperimentState.Running }));
        var snapshot = new SnapshotComposer([.. Enumerable.Reverse(_published)], new Dictionary<string, int>()).Compose(definitions, 1);
        if (_published.LastOrDefault() != snapshot)
            _published.Add(snapshot);
        return snapshot;
    }
}
