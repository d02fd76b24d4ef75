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

    [Fact]
    public void A_rollback_says_what_may_have_made_the_harm()
    {
        Said(10_000, 1000, 500).ShouldEndWith("everybody goes back to the control.");
        Said(10_000, 1000, 500, new QualityFacts(1000, 0, 0, 0)).ShouldEndWith("everybody goes back to the control; but 4.8 % of the users met two arms and are left out, most of them of the smaller arm, so find out why before believing these numbers.");
        Said(10_000, 1000, 500, treated: 8000).ShouldEndWith("; but users do not fit the split, so find out how they are dealt out and counted before believing these numbers.");
    }

    private static string Said(long users, long control, long treatment, QualityFacts? quality = null, long? treated = null)
    {
        var shape = new MetricInput { Name = "user_conversion", Kind = MetricKind.Proportion, Role = MetricRole.Goal, Cells = [] };
        var facts = new EvaluationFacts(
            new EvaluationPlan(), [new ArmInput("a", true), new ArmInput("b", false)], [new EpochInput(1, [users, treated ?? users], [0.5, 0.5])],
            [new MetricFacts(shape, [[Sums(users, control)], [Sums(treated ?? users, treatment)]])], quality ?? QualityFacts.None, [], 0, 1000);
        return DecisionSentence.Of(facts, facts.Evaluated());
    }

    private static string Sums(long users, long bought) => new ExactSums(users, (Int128)bought * 1_000_000, (Int128)bought * 1_000_000_000_000).ToString();
}
