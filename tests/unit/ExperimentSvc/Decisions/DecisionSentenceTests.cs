using Shouldly;
using Splitrail.ExperimentSvc.Aggregates;
using Splitrail.ExperimentSvc.Decisions;
using Splitrail.ExperimentSvc.Inference;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Decisions;

public sealed class DecisionSentenceTests
{
    [Fact]
    public void Before_anybody_came_there_is_nothing_to_compare() =>
        Said(0, 0, 0).ShouldBe("Nobody has met an arm yet, so there is nothing to decide; no number of users is planned: a horizon in units says it, or a goal with a minimum effect once the control has 1,000 users.");

    [Fact]
    public void What_cannot_be_compared_says_why_in_words() =>
        Said(1000, 0, 0).ShouldBe(
            "2,000 users so far, and none can be named the winner, user_conversion of b cannot be compared yet (all users of both arms have the same value); "
            + "no number of users is planned: a horizon in units says it, or a goal with a minimum effect once the control has 1,000 users.");

    [Fact]
    public void A_change_against_nothing_is_told_as_it_is() => Said(1000, 0, 4).ShouldContain(", b has 0.004 more (0.001 to 0.0191) user_conversion;");

    private static string Said(long users, long control, long treatment)
    {
        var shape = new MetricInput { Name = "user_conversion", Kind = MetricKind.Proportion, Role = MetricRole.Goal, Cells = [] };
        var facts = new EvaluationFacts(
            new EvaluationPlan(), [new ArmInput("a", true), new ArmInput("b", false)], [new EpochInput(1, [users, users], [0.5, 0.5])],
            [new MetricFacts(shape, [[Sums(users, control)], [Sums(users, treatment)]])], QualityFacts.None, [], 0, 1000);
        return DecisionSentence.Of(facts, facts.Evaluated());
    }

    private static string Sums(long users, long bought) => new ExactSums(users, (Int128)bought * 1_000_000, (Int128)bought * 1_000_000_000_000).ToString();
}
