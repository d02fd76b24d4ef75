using Shouldly;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Aggregates;
using Splitrail.ExperimentSvc.Ingestion;
using Splitrail.ExperimentSvc.Metrics;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Ingestion;

public sealed class PersonRulesTests
{
    private const string Anna = "u:anna";

    [Fact]
    public void Whom_an_edit_gave_to_another_arm_stays_in_the_first_one_with_all_he_does()
    {
        var one = Of([Seen(Anna, "b", 1, 100), Seen(Anna, "a", 2, 500)], Bought("e1", 200, 3), Bought("e2", 600, 4));
        (one.State, one.Arms, one.Epoch).ShouldBe((PersonStates.Moved, "b", 1));
        one.Added.ShouldBe("revenue_per_user=7000000:0:0");
        one.Counts().ShouldBe([(CountKinds.Counted, "b", 1L), (CountKinds.Saw, "b", 0L), (CountKinds.Moved, "", 0L)]);
    }

    [Fact]
    public void What_he_is_shown_afterwards_is_not_what_the_first_arm_shows() =>
        Of([Seen(Anna, "b", 1, 100), Seen(Anna, "a", 2, 500)], Shown("e1", "i1", 200), Shown("e2", "i2", 600)).Shown.ShouldBe("1=i1");

    [Fact]
    public void Who_came_back_after_an_undo_stays_where_he_began() =>
        Of([Seen(Anna, "a", 3, 900), Seen(Anna, "b", 1, 100)]).Arms.ShouldBe("b");

    [Fact]
    public void Two_arms_of_one_epoch_or_of_two_ids_are_in_no_sum()
    {
        Of([Seen(Anna, "b", 1, 100), Seen(Anna, "a", 1, 500)], Bought("e1", 200, 3)).ShouldBe(new Contribution(Anna, "x", PersonStates.MultiArm, "a|b", 1, "", "", ""));
        Of([Seen("s:phone", "b", 1, 100), Seen(Anna, "a", 2, 500)]).State.ShouldBe(PersonStates.MultiArm);
        Of([Seen(Anna, "a", 1, 100), Seen(Anna, "b", 2, 200), Seen(Anna, "c", 2, 300)]).State.ShouldBe(PersonStates.MultiArm);
    }

    private static Contribution Of(UnitExposure[] exposures, params Outcome[] outcomes)
    {
        var metrics = MetricTable.All.Where(static metric => metric.Name == MetricNames.RevenuePerUser).ToArray();
        var experiment = new CountedExperiment("x", ["a", "b", "c"], long.MaxValue, long.MaxValue, IsSealed: false, JoinsSessions: true, metrics, "", "");
        return new PersonRules(new ExclusionRules([]), IngestionOptions.Default).ContributionOf(new CountedPerson(Anna, experiment, exposures, [Anna], outcomes, outcomes.Length, false, []));
    }

    private static UnitExposure Seen(string unit, string arm, long epoch, long at) => new(unit, "x", arm, epoch, epoch, 500_000, at, $"{arm}{at}", "");

    private static Outcome Bought(string id, long at, long price) => new(id, EventTypes.Purchase, "anna", null, "i", at, price * QuantityCounts.One, null, 0);

    private static Outcome Shown(string id, string item, long at) => new(id, EventTypes.Impression, "anna", null, item, at, 0, "r", 0);
}
