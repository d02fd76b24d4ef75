using Shouldly;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Control;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.Feeds;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Control;

public sealed class SnapshotComposerTests
{
    private readonly List<ControlSnapshot> _published = [];
    private readonly Dictionary<string, int> _epochs = [];

    [Fact]
    public void The_same_definitions_give_the_same_snapshot()
    {
        var first = Publish(File());
        Publish(File()).ShouldBeSameAs(first);
    }

    [Fact]
    public void A_snapshot_carries_the_hash_of_its_content() => SnapshotHash.Matches(Publish(File())).ShouldBeTrue();

    [Fact]
    public void A_flag_and_a_model_are_edits_that_start_no_epoch()
    {
        Publish(File());
        Publish(File() with { Flags = new Dictionary<string, bool> { ["search"] = false } });
        var third = Publish(File(), "m1");
        third.Version.ShouldBe(3);
        third.Layers[0].Experiments[0].Epoch.ShouldBe(1);
    }

    [Fact]
    public void An_edit_of_split_traffic_parameters_or_seed_starts_an_epoch()
    {
        DefinitionFile[] edits =
        [
            File(),
            File(control: 0.6),
            File(control: 0.6, traffic: 0.5),
            File(control: 0.6, traffic: 0.5, mix: "wide"),
            File(control: 0.6, traffic: 0.5, mix: "wide", seed: "t"),
        ];
        edits.Select(edit => Publish(edit).Layers[0].Experiments[0].Epoch).ShouldBe([1, 2, 3, 4, 5]);
    }

    [Fact]
    public void An_experiment_that_was_stopped_goes_on_with_the_next_epoch_and_its_old_users()
    {
        var first = Publish(File());
        Publish(File(state: ExperimentStates.Stopped)).Layers[0].SlotMap.ShouldBeEmpty();
        var third = Publish(File());
        third.Layers[0].Experiments[0].Epoch.ShouldBe(2);
        third.Layers[0].SlotMap.ShouldBe(first.Layers[0].SlotMap);
    }

    [Fact]
    public void A_replica_that_has_not_seen_the_model_does_not_take_it_away()
    {
        Publish(File(), "m1");
        Publish(File(), null).ActiveModel.ShouldBe("m1");
    }

    [Fact]
    public void Without_definitions_the_experiments_of_the_last_snapshot_stay()
    {
        var first = Publish(File());
        var next = Composer().WithModel("m1", 1)!;
        (next.Version, next.ActiveModel).ShouldBe((2, "m1"));
        next.Layers.ShouldBeSameAs(first.Layers);
        new SnapshotComposer([], _epochs).WithModel("m1", 1).ShouldBeNull();
    }

    private SnapshotComposer Composer() => new([.. _published.AsEnumerable().Reverse()], _epochs);

    private ControlSnapshot Publish(DefinitionFile file, string? model = null)
    {
        var snapshot = Composer().Compose(file, model, 1);
        _published.Add(snapshot);
        foreach (var experiment in snapshot.Layers.SelectMany(static layer => layer.Experiments))
            _epochs[experiment.Id] = experiment.Epoch;
        return snapshot;
    }

    private static DefinitionFile File(
        double control = 0.5, double traffic = 1, string? mix = null, string seed = "s", string state = ExperimentStates.Running) => new()
    {
        Layers =
        [
            new DefinedLayer
            {
                Id = "l",
                Seed = seed,
                Experiments =
                [
                    new DefinedExperiment
                    {
                        Id = "x",
                        Hypothesis = "H.",
                        State = state,
                        Traffic = traffic,
                        Arms =
                        [
                            new DefinedArm { Id = "a", Control = true, Share = control },
                            new DefinedArm { Id = "b", Share = 1 - control, Parameters = new ArmParameters(mix) },
                        ],
                    },
                ],
            },
        ],
    };
}
