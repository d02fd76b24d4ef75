using Shouldly;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Schedules;
using Xunit;
using static Splitrail.ExperimentSvc.Definitions.ExperimentState;

namespace Splitrail.Tests.Unit.ExperimentSvc.Schedules;

public sealed class DueStepTests
{
    private static readonly DateTimeOffset s_now = DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000);

    [Fact]
    public void A_reviewed_experiment_starts_at_its_time_and_a_draft_never()
    {
        var planned = Planned(start: s_now);
        Due(Record(Review, planned)).ShouldBe(StepKind.Start);
        Due(Record(Review, planned), at: s_now.AddMilliseconds(-1)).ShouldBeNull();
        Due(Record(Draft, planned)).ShouldBeNull();
        Due(Record(Review, Planned(start: s_now.AddHours(-2), end: s_now.AddHours(-1)))).ShouldBeNull("its time is over");
    }

    [Fact]
    public void With_approval_only_what_was_approved_starts()
    {
        var record = Record(Review, Planned(start: s_now));
        DueStep.Of(Set(record), s_now, requireApproval: true).ShouldBeEmpty();
        DueStep.Of(Set(record with { Lifecycle = record.Lifecycle with { ApprovedBy = "ben" } }), s_now, requireApproval: true).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("Running", true)]
    [InlineData("Paused", true)]
    [InlineData("Ended", false)]
    public void Whatever_has_users_or_had_them_ends_at_its_time(string state, bool ends) =>
        (Due(Record(Enum.Parse<ExperimentState>(state), Planned(end: s_now))) == StepKind.End).ShouldBe(ends);

    [Fact]
    public void A_ramp_goes_on_when_its_hours_are_over()
    {
        var ramping = Ramping(step: 0, taken: s_now.AddHours(-1));
        Due(ramping).ShouldBe(StepKind.Ramp);
        Due(ramping, at: s_now.AddMilliseconds(-1)).ShouldBeNull();
        Due(ramping, at: s_now.AddDays(-30)).ShouldBeNull("a clock set back makes nothing due");
        Due(Ramping(step: 1, taken: s_now.AddDays(-30))).ShouldBeNull("the last step has no next");
        Due(ramping with { Lifecycle = ramping.Lifecycle with { RampHeld = "why" } }).ShouldBeNull("it was stopped");
    }

    [Fact]
    public void A_step_changes_nothing_when_somebody_was_here_since()
    {
        var set = Set(Ramping(step: 0, taken: s_now.AddHours(-1)));
        var step = DueStep.Of(set, s_now, requireApproval: false).ShouldHaveSingleItem();
        var taken = step.ToEdit().Apply(set, new EditMoment(s_now.ToUnixTimeMilliseconds(), false)).Next!;
        taken.Experiments["x"].Value.TrafficNow.ShouldBe(0.5);
        var later = taken with { Experiments = taken.Experiments.SetItem("x", taken.Experiments["x"] with { Version = 1 }) };
        step.ToEdit().Apply(later, new EditMoment(s_now.ToUnixTimeMilliseconds(), false)).Next.ShouldBeSameAs(later);
    }

    private static StepKind? Due(ExperimentRecord record, DateTimeOffset? at = null) => DueStep.Of(Set(record), at ?? s_now, requireApproval: false).SingleOrDefault()?.Kind;

    private static DefinitionSet Set(ExperimentRecord record) => DefinitionSet.Empty.With(record);

    private static PlannedSchedule Planned(DateTimeOffset? start = null, DateTimeOffset? end = null) => new() { Start = start, End = end };

    private static ExperimentRecord Record(ExperimentState state, PlannedSchedule? schedule) => new(
        new DefinedExperiment { Id = "x", Layer = "l", Schedule = schedule, Arms = [new DefinedArm { Id = "a", Control = true, Share = 1 }] }, new Lifecycle { State = state });

    private static ExperimentRecord Ramping(int step, DateTimeOffset taken)
    {
        var record = Record(Running, null);
        return new ExperimentRecord(
            record.Definition with { Ramp = [new RampStep { Traffic = 0.1, HoldHours = 1 }, new RampStep { Traffic = 0.5 }] },
            record.Lifecycle with { RampStep = step, RampStepMs = taken.ToUnixTimeMilliseconds() });
    }
}
