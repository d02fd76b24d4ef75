using Shouldly;
using Splitrail.ExperimentSvc.Decisions;
using Splitrail.ExperimentSvc.Inference;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Decisions;

public sealed class DecisionRuleTests
{
    [Theory]
    [InlineData(DecisionKinds.RollBack, "b", DecisionKinds.RollBack, "b", false)]
    [InlineData(DecisionKinds.RollBack, "b", DecisionKinds.RollBack, "c", true)]
    [InlineData(DecisionKinds.Promote, "b", DecisionKinds.RollBack, "b", true)]
    [InlineData(DecisionKinds.Inconclusive, null, DecisionKinds.RollBack, "b", true)]
    [InlineData(DecisionKinds.Promote, "b", DecisionKinds.Promote, "b", false)]
    [InlineData(DecisionKinds.RollBack, "b", DecisionKinds.Promote, "b", false)]
    [InlineData(DecisionKinds.RollBack, "c", DecisionKinds.Promote, "b", true)]
    [InlineData(DecisionKinds.Inconclusive, null, DecisionKinds.Promote, "b", false)]
    [InlineData(DecisionKinds.Promote, "b", DecisionKinds.Inconclusive, null, false)]
    [InlineData(DecisionKinds.Look, null, DecisionKinds.Inconclusive, null, true)]
    [InlineData(DecisionKinds.Inconclusive, null, DecisionKinds.Look, null, true)]
    public void What_was_decided_is_not_decided_again_and_harm_is_said_after_anything_else(string before, string? beforeArm, string kind, string? arm, bool isNew) =>
        DecisionRule.IsNew(Decided(kind, arm), [Recorded(before, beforeArm, DecisionState.Recommended)]).ShouldBe(isNew);

    [Fact]
    public void What_an_edit_overtook_may_be_decided_again_and_its_look_taken_again()
    {
        RecordedDecision[] before = [Recorded(DecisionKinds.Promote, "b", DecisionState.Superseded)];
        DecisionRule.IsNew(Decided(DecisionKinds.Promote, "b"), before).ShouldBeTrue();
        DecisionRule.Looks(before, ["a", "b"]).ShouldBeEmpty();
    }

    [Fact]
    public void Looks_keep_what_each_arm_knew_when_arms_come_and_go()
    {
        RecordedDecision[] before = [Recorded(DecisionKinds.Look, null, DecisionState.Noted)];
        DecisionRule.Looks(before, ["a", "b"]).Single().Information.ShouldBe([0, 0.4]);
        DecisionRule.Looks(before, ["c", "b", "a"]).Single().Information.ShouldBe([0, 0.4, 0]);
    }

    private static Decided Decided(string kind, string? arm) => new(kind, arm, "Because.", Facts, Outcome);

    private static RecordedDecision Recorded(string kind, string? arm, string state) => new(
        new DecisionEntry(1, 0, kind, "x", 1, DecisionModes.Act, arm, "Because.", Facts, Outcome, "1", "0"), "hash", new DecisionAction(1, "x", kind, arm, 1, state, 0, null));

    private static EvaluationFacts Facts { get; } = new(new EvaluationPlan(), [new ArmInput("a", true), new ArmInput("b", false)], [], [], QualityFacts.None, [], 0, 0);

    private static EvaluationOutput Outcome { get; } = new(
        new Conclusion(Verdict.KeepGoing, null, [], new PastLook(1, 0, 100, [0, 0.4], false)), [], new SampleRatioFinding(1, false), new SampleProgress(0, 0, 0, 0, null));
}
