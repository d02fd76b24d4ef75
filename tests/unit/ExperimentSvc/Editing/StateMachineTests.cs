using Shouldly;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Reasons;
using Xunit;
using static Splitrail.ExperimentSvc.Definitions.ExperimentState;

namespace Splitrail.Tests.Unit.ExperimentSvc.Editing;

public sealed class StateMachineTests
{
    private const string Able =
        """
        draft: submit start archive
        review: withdraw approve start archive
        running: pause end promote roll_back
        paused: resume end
        ended: archive
        archived:
        """;

    [Fact]
    public void Every_action_in_every_state_is_either_possible_or_refused_with_what_is()
    {
        foreach (var line in Able.Split('\n'))
        {
            var (name, possible) = (line.Split(':')[0], line.Split(':')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            foreach (var action in Enum.GetValues<ExperimentAction>())
            {
                var result = Apply(Record(ExperimentStates.Find(name)!.Value), action);
                (result.Refusal is null).ShouldBe(possible.Contains(action.NameOf()), $"{action} of a {name} one: {result.Refusal?.Detail}");
                if (result.Refusal is not { } refusal)
                    continue;
                refusal.Status.ShouldBe(409);
                ((string[])refusal.More["possible"]!).Except(["edit"]).ShouldBe(possible, ignoreOrder: true);
            }
        }
    }

    [Fact]
    public void Nothing_comes_back_from_the_end() =>
        new[] { Draft, Review, Running, Paused }.ShouldAllBe(state => !StateMachine.CanReach(Ended, state) && !StateMachine.CanReach(Archived, state));

    [Fact]
    public void A_second_person_has_to_approve_a_start()
    {
        var set = Set(Record(Draft));
        Act(set, ExperimentAction.Start, "anna", approval: true).Refusal!.Detail.ShouldContain("second person");
        set = Act(set, ExperimentAction.Submit, "anna", approval: true).Next!;
        Act(set, ExperimentAction.Approve, "anna", approval: true).Refusal!.Title.ShouldBe("Second person needed");
        set = Act(set, ExperimentAction.Approve, "ben", approval: true).Next!;
        Act(set, ExperimentAction.Start, "anna", approval: true).Next!.Experiments["x"].Value.State.ShouldBe(Running);
    }

    [Fact]
    public void An_edit_takes_the_approval_away_and_asks_anew()
    {
        var set = Act(Act(Set(Record(Draft)), ExperimentAction.Submit, "anna", approval: true).Next!, ExperimentAction.Approve, "ben", approval: true).Next!;
        set = ExperimentEdits.Save("x", Record(Draft).Definition with { Hypothesis = "Other." }, 0, "carl").Apply(set, new EditMoment(1, true)).Next!;
        var life = set.Experiments["x"].Value.Lifecycle;
        (life.AskedBy, life.ApprovedBy).ShouldBe(("carl", null));
    }

    [Fact]
    public void An_edit_of_what_runs_waits_for_the_second_person()
    {
        var set = ExperimentEdits.Save("x", Record(Draft).Definition with { Traffic = 0.5 }, 0, "anna").Apply(Set(Record(Running)), new EditMoment(1, true)).Next!;
        set.Experiments["x"].Value.TrafficNow.ShouldBe(1);
        Act(set, ExperimentAction.Approve, "anna", approval: true).Refusal!.Title.ShouldBe("Second person needed");
        var approved = Act(set, ExperimentAction.Approve, "ben", approval: true).Next!.Experiments["x"].Value;
        (approved.TrafficNow, approved.State, approved.Lifecycle.Pending).ShouldBe((0.5, Running, null));
        Act(set, ExperimentAction.Withdraw, "anna", approval: true).Next!.Experiments["x"].Value.Lifecycle.Pending.ShouldBeNull();
    }

    [Fact]
    public void A_promotion_waits_for_the_second_person_and_a_roll_back_does_not()
    {
        var waiting = Act(Set(Record(Running)), ExperimentAction.Promote, "anna", approval: true).Next!;
        waiting.Experiments["x"].Value.Definition.Arms[1].Share.ShouldBe(0.5);
        var promoted = Act(waiting, ExperimentAction.Approve, "ben", approval: true).Next!.Experiments["x"].Value;
        (promoted.Definition.Arms[1].Share, promoted.Lifecycle.Decision!.Kind).ShouldBe((1, "promoted"));
        var back = Act(waiting, ExperimentAction.RollBack, "anna", approval: true).Next!.Experiments["x"].Value;
        (back.Definition.Arms[0].Share, back.Lifecycle.Decision!.Kind, back.Lifecycle.Pending).ShouldBe((1, "rolled_back", null));
    }

    private static EditResult Apply(ExperimentRecord record, ExperimentAction action) => Act(Set(record), action, "ben");

    private static EditResult Act(DefinitionSet set, ExperimentAction action, string actor, bool approval = false) =>
        LifecycleEdits.Act("x", action, new ActionRequest { Arm = "b", Reason = new Reason { Kind = "testing" } }, null, actor).Apply(set, new EditMoment(1, approval));

    private static DefinitionSet Set(ExperimentRecord record) => DefinitionSet.Empty.With(new DefinedLayer { Id = "l", Seed = "s" }).With(record);

    private static ExperimentRecord Record(ExperimentState state) => new(
        new DefinedExperiment
        {
            Id = "x",
            Layer = "l",
            Hypothesis = "H.",
            Arms = [new DefinedArm { Id = "a", Control = true, Share = 0.5 }, new DefinedArm { Id = "b", Share = 0.5 }],
        },
        new Lifecycle { State = state, AskedBy = "anna" });
}
