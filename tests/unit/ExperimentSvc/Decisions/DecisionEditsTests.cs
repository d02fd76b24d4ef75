using Shouldly;
using Splitrail.ExperimentSvc.Decisions;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Inference;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Decisions;

public sealed class DecisionEditsTests
{
    private static readonly EditMoment s_now = new(5000, RequireApproval: false);

    [Theory]
    [InlineData(DecisionKinds.Promote, "promoted", "b", "running")]
    [InlineData(DecisionKinds.RollBack, "rolled_back", "a", "running")]
    [InlineData(DecisionKinds.Inconclusive, "inconclusive", "a", "ended")]
    public void A_decision_is_carried_out_once_however_often_it_is_tried(string kind, string noted, string arm, string state)
    {
        var edit = DecisionEdits.Of(Entry(kind), token: 1);
        var done = edit.Apply(Set(version: 3), s_now).Next.ShouldNotBeNull();
        var life = done.Experiments["x"].Value.Lifecycle;
        (life.Decision!.Kind, life.Decision.Arm, life.Decision.Sequence, life.State.NameOf()).ShouldBe((noted, arm, 7, state));
        edit.Apply(done, s_now).Next.ShouldBeSameAs(done);
    }

    [Fact]
    public void An_edit_that_came_first_wins()
    {
        var refusal = DecisionEdits.Of(Entry(DecisionKinds.Promote), token: 1).Apply(Set(version: 4), s_now).Refusal.ShouldNotBeNull();
        (refusal.Title, refusal.IsTransient).ShouldBe(("Edited by somebody else", false));
    }

    [Fact]
    public void A_promotion_that_waits_for_a_second_person_is_asked_for_once()
    {
        var edit = DecisionEdits.Of(Entry(DecisionKinds.Promote), token: 1);
        var asked = edit.Apply(Set(version: 3), s_now with { RequireApproval = true }).Next.ShouldNotBeNull();
        asked.Experiments["x"].Value.Lifecycle.Pending!.Decision!.Sequence.ShouldBe(7);
        edit.Apply(asked, s_now with { RequireApproval = true }).Next.ShouldBeSameAs(asked);
    }

    private static DefinitionSet Set(long version)
    {
        var set = DefinitionSet.Empty.With(new ExperimentRecord(
            new DefinedExperiment { Id = "x", Layer = "l", Arms = [new DefinedArm { Id = "a", Control = true, Share = 0.5 }, new DefinedArm { Id = "b", Share = 0.5 }] },
            new Lifecycle { State = ExperimentState.Running }));
        return set with { Experiments = set.Experiments.SetItem("x", set.Experiments["x"] with { Version = version }) };
    }

    private static DecisionEntry Entry(string kind)
    {
        var outcome = new EvaluationOutput(new Conclusion(Verdict.KeepGoing, "b", [], null), [], new SampleRatioFinding(1, false), new SampleProgress(0, 0, 0, 0, null));
        return new DecisionEntry(7, 4000, kind, "x", 3, DecisionModes.Act, "b", "Because.", new EvaluationFacts(new EvaluationPlan(), [], [], [], QualityFacts.None, [], 0, 0), outcome, "1", "0");
    }
}
