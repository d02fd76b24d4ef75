using Shouldly;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Control;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Registry;
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
        var first = Publish(Defined());
        Publish(Defined()).ShouldBeSameAs(first);
    }

    [Fact]
    public void A_snapshot_carries_the_hash_of_its_content() => SnapshotHash.Matches(Publish(Defined())).ShouldBeTrue();

    [Fact]
    public void A_flag_and_a_model_are_edits_that_start_no_epoch()
    {
        Publish(Defined());
        Publish(Defined() with { Flags = new(new FlagSet { Flags = new Dictionary<string, bool> { ["search"] = false } }, 1) });
        var third = Publish(Defined(), "m1");
        third.Version.ShouldBe(3);
        third.Layers[0].Experiments[0].Epoch.ShouldBe(1);
    }

    [Fact]
    public void An_edit_of_split_traffic_parameters_or_seed_starts_an_epoch()
    {
        DefinitionSet[] edits =
        [
            Defined(),
            Defined(control: 0.6),
            Defined(control: 0.6, traffic: 0.5),
            Defined(control: 0.6, traffic: 0.5, mix: "wide"),
            Defined(control: 0.6, traffic: 0.5, mix: "wide", seed: "t"),
        ];
        edits.Select(edit => Publish(edit).Layers[0].Experiments[0].Epoch).ShouldBe([1, 2, 3, 4, 5]);
    }

    [Fact]
    public void An_experiment_that_was_stopped_goes_on_with_the_next_epoch_and_its_old_users()
    {
        var first = Publish(Defined());
        Publish(Defined(state: ExperimentState.Paused)).Layers[0].SlotMap.ShouldBeEmpty();
        var third = Publish(Defined());
        third.Layers[0].Experiments[0].Epoch.ShouldBe(2);
        third.Layers[0].SlotMap.ShouldBe(first.Layers[0].SlotMap);
    }

    [Fact]
    public void A_registry_that_is_still_empty_does_not_take_away_the_model_that_serves()
    {
        _published.Add(Publish(Defined()) with { ActiveModel = "m0" });
        var next = Publish(Defined(0.6));
        (next.ActiveModel, next.Models).ShouldBe(("m0", null));
    }

    private SnapshotComposer Composer() => new([.. _published.AsEnumerable().Reverse()], _epochs);

    private ControlSnapshot Publish(DefinitionSet file, string? model = null)
    {
        var snapshot = Composer().Compose(model is null ? file : file.With(new ProductionState { Lineup = new ModelLineup(model, model) }), 1);
        _published.Add(snapshot);
        foreach (var experiment in snapshot.Layers.SelectMany(static layer => layer.Experiments))
            _epochs[experiment.Id] = experiment.Epoch;
        return snapshot;
    }

    private static DefinitionSet Defined(
        double control = 0.5, double traffic = 1, string? mix = null, string seed = "s", ExperimentState state = ExperimentState.Running) => DefinitionSet.Empty
        .With(new DefinedLayer { Id = "l", Seed = seed })
        .With(new ExperimentRecord(
            new DefinedExperiment
            {
                Id = "x",
                Layer = "l",
                Hypothesis = "H.",
                Traffic = traffic,
                Arms =
                [
                    new DefinedArm { Id = "a", Control = true, Share = control },
                    new DefinedArm { Id = "b", Share = 1 - control, Parameters = new ArmParameters(mix) },
                ],
            },
            new Lifecycle { State = state }));
}
