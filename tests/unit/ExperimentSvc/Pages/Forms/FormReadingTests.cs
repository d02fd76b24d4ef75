using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Pages;
using Splitrail.ExperimentSvc.Pages.Forms;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Pages.Forms;

public sealed class FormReadingTests
{
    private static readonly DefinedExperiment s_experiment = new()
    {
        Id = "order", Layer = "ranking", Hypothesis = "It matters.", Owner = "ada", Traffic = 0.25,
        Arms = [new DefinedArm { Id = "a", Control = true, Share = 0.9 }, new DefinedArm { Id = "b", Share = 0.1, Parameters = new ArmParameters(Mix: "explore", Model: "v7") }],
        Metrics = [new DefinedMetric { Name = "click_through", Role = "goal", Baseline = 0.05, MinimumEffect = 0.1, Cap = 3 }],
        Audience = [new AudienceRule("country", "in", ["vn", "de"])],
        Overrides = [new DefinedOverride { Unit = "tester", Arm = "b" }],
        Horizon = new PlannedHorizon { Days = 14, Units = 20_000 },
        Schedule = new PlannedSchedule { End = new DateTimeOffset(2030, 1, 2, 3, 4, 0, TimeSpan.Zero) },
        Decisions = new PlannedDecisions { Mode = "act", Looks = 7 },
        Ramp = [new RampStep { Traffic = 0.01, HoldHours = 12, Gates = [] }, new RampStep { Traffic = 0.25, HoldHours = 24 }],
    };

    [Fact]
    public void A_form_that_was_not_touched_gives_the_experiment_back_with_what_has_no_field()
    {
        var reading = new FormReading(FormFields.Of(s_experiment), s_experiment);
        Text(reading.Read()).ShouldBe(Text(s_experiment));
        reading.Faults.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_typed_is_read_and_every_fault_is_told_at_once()
    {
        var reading = new FormReading(
            FormFields.Of(Sent(new()
            {
                ["id"] = " order ", ["traffic"] = "lots", ["arm.0.id"] = "a", ["arm.0.share"] = "60", ["arm.1.id"] = "c", ["arm.1.share"] = "x", ["control"] = "0",
                ["metric.0.name"] = "click_through", ["metric.0.role"] = "goal", ["metric.0.effect"] = "five", ["days"] = "a week", ["units"] = "1.5", ["start"] = "tomorrow",
            })),
            s_experiment);
        var read = reading.Read();
        (read.Id, read.Arms[0].Share, read.Arms[0].Control, read.Arms[1].Id).ShouldBe(("order", 0.6, true, "c"));
        reading.Faults.Select(static fault => fault.Member).ShouldBe(["Traffic", "Share of c", "Smallest change", "Days", "Users", "Start"]);
    }

    private static SentForm Sent(Dictionary<string, string> fields) =>
        new(new FormCollection(fields.ToDictionary(static one => one.Key, static one => new StringValues(one.Value))), isOurs: true);

    private static string Text(DefinedExperiment experiment) => JsonSerializer.Serialize(experiment, DefinitionJson.Default.DefinedExperiment);
}
