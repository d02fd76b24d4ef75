using Shouldly;
using Splitrail.ExperimentSvc.Decisions;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Inference;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Decisions;

public sealed class AgreedPlanTests
{
    private const long DayMs = 86_400_000;

    [Fact]
    public void Who_takes_out_the_losers_after_a_look_does_not_get_their_alpha()
    {
        var looked = Looked(new EvaluationPlan { PlannedUsers = 60_000 }, arms: 5);
        var plan = AgreedPlan.Of(Record(days: 20), Facts(2, 10), [looked]);
        plan.Comparisons.ShouldBe(4);
        PromoteRule.AlphaOf(Facts(2, 10).ToInput() with { Plan = plan }).ShouldBe(0.05 / 4);
        AgreedPlan.Of(Record(days: 20), Facts(5, 10), [looked]).Comparisons.ShouldBeNull();
        AgreedPlan.Of(Record(days: 20), Facts(2, 10), []).Comparisons.ShouldBeNull();
    }

    [Fact]
    public void An_end_that_was_moved_forward_after_a_look_cuts_the_plan_short_and_one_that_was_agreed_does_not()
    {
        var looked = Looked(new EvaluationPlan { PlannedUsers = 60_000, HorizonMs = 20 * DayMs }, arms: 2);
        AgreedPlan.Of(Record(days: 9), Facts(2, 10), [looked]).IsCutShort.ShouldBe(true);
        AgreedPlan.Of(Record(days: 9), Facts(2, 8), [looked]).IsCutShort.ShouldBeNull("it is not there yet");
        AgreedPlan.Of(Record(days: 9), Facts(2, 21), [looked]).IsCutShort.ShouldBeNull("the agreed end is there too");
        AgreedPlan.Of(Record(days: 30), Facts(2, 25), [looked]).IsCutShort.ShouldBeNull();
        AgreedPlan.Of(Record(days: 9), Facts(2, 10), [Looked(new EvaluationPlan { PlannedUsers = 60_000 }, arms: 2)]).IsCutShort.ShouldBe(true, "there was no end before");
    }

    private static ExperimentRecord Record(int days) => new(
        new DefinedExperiment { Id = "x", Layer = "l", Horizon = new PlannedHorizon { Days = days } }, new Lifecycle { State = ExperimentState.Running, StartedMs = 0 });

    private static EvaluationFacts Facts(int arms, int days) => new(
        new EvaluationPlan(), [.. Enumerable.Range(0, arms).Select(static arm => new ArmInput($"arm{arm}", arm == 0))],
        [new EpochInput(1, [.. Enumerable.Repeat(10_000L, arms)], [.. Enumerable.Repeat(1.0, arms)])],
        [new MetricFacts(new MetricInput { Name = "user_conversion", Kind = MetricKind.Proportion, Role = MetricRole.Goal, Cells = [] }, [.. Enumerable.Repeat<IReadOnlyList<string>>(["n=10000"], arms)])],
        QualityFacts.None, [], 0, days * DayMs);

    private static RecordedDecision Looked(EvaluationPlan plan, int arms)
    {
        var look = new PastLook(1, 0, 100, [.. Enumerable.Repeat(0.1, arms)], false);
        var outcome = new EvaluationOutput(new Conclusion(Verdict.KeepGoing, null, [], look), [], new SampleRatioFinding(1, false), new SampleProgress(0, 0, 0, 0, null));
        return new RecordedDecision(
            new DecisionEntry(1, 0, DecisionKinds.Look, "x", 1, DecisionModes.Act, null, "Because.", Facts(arms, 7) with { Plan = plan }, outcome, "1", "0"), "hash",
            new DecisionAction(1, "x", DecisionKinds.Look, null, 1, DecisionState.Noted, 0, null));
    }
}
