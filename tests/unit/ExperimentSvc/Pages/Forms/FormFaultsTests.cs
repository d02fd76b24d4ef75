using Shouldly;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Pages.Forms;
using Splitrail.Input;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Pages.Forms;

public sealed class FormFaultsTests
{
    /// <summary>The second row of metrics is empty, so the second metric of the definition stands in the third.</summary>
    private static readonly FormFields s_fields = FormFields.Of(new Dictionary<string, string>
    {
        ["arm.0.id"] = "control", ["arm.1.id"] = "b", ["metric.0.name"] = "click_through", ["metric.2.name"] = "conversion", ["ramp.0.traffic"] = "5", ["condition.1.field"] = "price",
    });

    [Theory]
    [InlineData("id", "id")]
    [InlineData("hypothesis", "hypothesis")]
    [InlineData("arms[1].id", "arm.1.id")]
    [InlineData("arms[1].parameters.re_ranker", "arm.1.re_ranker")]
    [InlineData("metrics[1].minimum_effect", "metric.2.effect")]
    [InlineData("ramp[0].hold_hours", "ramp.0.hours")]
    [InlineData("horizon.units", "units")]
    [InlineData("schedule.end", "end")]
    [InlineData("conditions[0].values", "condition.1.values")]
    [InlineData("metrics[4].name", null)]
    [InlineData("overrides[0].unit", null)]
    public void A_fault_of_the_api_stands_beside_the_field_that_it_is_about(string member, string? field) =>
        FormFaults.Of(Refusal.Bad(member, "x", "must be better"), s_fields).ShouldHaveSingleItem().Field.ShouldBe(field);

    [Fact]
    public void Parts_of_one_are_told_in_percent_as_the_form_takes_them()
    {
        FormFaults.Of(Refusal.Bad("traffic", 0, "must be a number above 0 and up to 1"), s_fields).ShouldHaveSingleItem().Text.ShouldContain("up to 100 %");
        FormFaults.Of(Refusal.Bad("arms[].share", new RawJson("0.5 + 0.7 = 1.2"), "must sum to 1"), s_fields).ShouldHaveSingleItem().Text.ShouldBe("The shares add up to 120 %: they must add up to 100 %.");
    }

    [Fact]
    public void What_is_no_fault_of_a_field_is_told_of_the_form() =>
        FormFaults.Of(new Refusal(409, "Overlapping audiences", "Two experiments want the same users."), s_fields).ShouldHaveSingleItem().ShouldBe(new FormFault(null, "Two experiments want the same users."));

    [Fact]
    public void All_faults_of_a_field_are_read_with_it_and_what_was_typed_stays()
    {
        var fields = s_fields.With([new FormFault("arm.1.id", "One."), new FormFault("arm.1.id", "Two."), new FormFault(null, "Elsewhere.")]);
        (fields.FaultOf("arm.1.id"), fields.FaultOf("arm.0.id"), fields["arm.1.id"]).ShouldBe(("One. Two.", null, "b"));
    }

    [Fact]
    public void A_row_for_an_arm_is_added_only_when_it_is_asked_for()
    {
        s_fields.Arms.ShouldBe(2);
        (s_fields.WithArm().Arms, s_fields.WithArm().NewField).ShouldBe((3, "arm.2.id"));
        s_fields.WithArm().With([]).Arms.ShouldBe(3);
    }
}
