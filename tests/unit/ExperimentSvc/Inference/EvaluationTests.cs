using System.Text.Json;
using System.Text.Json.Serialization;
using Shouldly;
using Splitrail.ExperimentSvc.Inference;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Inference;

public sealed class EvaluationTests
{
    private static readonly JsonSerializerOptions s_json = new() { Converters = { new JsonStringEnumConverter() } };

    [Fact]
    public void Goal_beyond_its_boundary_at_a_planned_look_is_promoted_and_the_look_is_recorded()
    {
        var conclusion = Evaluation.Conclude(EvaluationInputs.Of(20_000, 0.05, 0.06));
        (conclusion.Verdict, conclusion.Arm).ShouldBe((Verdict.Promote, "arm1"));
        conclusion.Grounds.ShouldHaveSingleItem().Kind.ShouldBe(GroundKind.GoalReached);
        conclusion.Look!.Planned.ShouldBe(2);
        conclusion.Look.Information.ShouldBe([0, 0.4]);
    }

    [Fact]
    public void Between_planned_looks_nothing_is_promoted_however_good_it_is()
    {
        var input = EvaluationInputs.Of(20_000, 0.05, 0.06);
        var look = Evaluation.Conclude(input).Look!;
        var conclusion = Evaluation.Conclude(EvaluationInputs.Of(25_000, 0.05, 0.07) with { Looks = [look] });
        conclusion.Verdict.ShouldBe(Verdict.KeepGoing);
        conclusion.Grounds.ShouldHaveSingleItem().ShouldBe(new Ground(GroundKind.LookNotDue, null, null, 50_000, 60_000));
        conclusion.Look.ShouldBeNull();
    }

    [Fact]
    public void Harm_is_rolled_back_at_any_time_before_all_floors()
    {
        var conclusion = Evaluation.Conclude(EvaluationInputs.Of(2_000, 0.05, 0.02, days: 0.1));
        (conclusion.Verdict, conclusion.Arm).ShouldBe((Verdict.RollBack, "arm1"));
        var ground = conclusion.Grounds.ShouldHaveSingleItem();
        ground.Kind.ShouldBe(GroundKind.GoalHarmed);
        ground.Value!.Value.ShouldBeInRange(-0.6, 0);
    }

    [Fact]
    public void Floors_hold_a_look_back_and_say_which()
    {
        var conclusion = Evaluation.Conclude(EvaluationInputs.Of(9_999, 0.05, 0.08, days: 6.9) with { Plan = new EvaluationPlan { PlannedUsers = 15_000 } });
        conclusion.Verdict.ShouldBe(Verdict.KeepGoing);
        conclusion.Grounds.ShouldBe(
        [
            new Ground(GroundKind.FewUsers, null, "control", 9_999, 10_000),
            new Ground(GroundKind.FewUsers, null, "arm1", 9_999, 10_000),
            new Ground(GroundKind.FewDays, null, null, 6, 7),
        ]);
    }

    [Fact]
    public void Lost_users_and_bad_data_keep_from_promoting_and_not_from_rolling_back()
    {
        var good = EvaluationInputs.Of(20_000, 0.05, 0.06);
        var leaking = good with { Epochs = [new EpochInput(1, [20_000, 20_000], [0.52, 0.48])] };
        Evaluation.Conclude(leaking).Grounds.ShouldHaveSingleItem().Kind.ShouldBe(GroundKind.SampleRatioMismatch);
        foreach (var (facts, kind) in new[]
        {
            (new QualityFacts(500, 0, 0, 0), GroundKind.MultiArmUsers),
            (new QualityFacts(0, 1000, 11, 0), GroundKind.RejectedEvents),
            (new QualityFacts(0, 0, 0, 600_001), GroundKind.StaleSums),
        })
        {
            Evaluation.Conclude(good with { Quality = facts }).Grounds.ShouldHaveSingleItem().Kind.ShouldBe(kind);
            Evaluation.Conclude(EvaluationInputs.Of(20_000, 0.05, 0.04) with { Quality = facts }).Verdict.ShouldBe(Verdict.RollBack);
        }
    }

    [Fact]
    public void Planned_users_without_a_result_end_it_and_so_does_the_horizon()
    {
        var full = Evaluation.Conclude(EvaluationInputs.Of(50_000, 0.05, 0.05));
        (full.Verdict, full.Look!.IsFinal).ShouldBe((Verdict.Inconclusive, true));
        full.Grounds.Select(static ground => ground.Kind).ShouldBe([GroundKind.GoalNotReached, GroundKind.PlannedUsersReached]);
        var late = EvaluationInputs.Of(12_000, 0.05, 0.05) with { Plan = new EvaluationPlan { PlannedUsers = 100_000, HorizonMs = EvaluationInputs.Start + (7 * EvaluationInputs.DayMs) } };
        var ended = Evaluation.Conclude(late);
        (ended.Verdict, ended.Look!.IsFinal).ShouldBe((Verdict.Inconclusive, true));
        ended.Grounds[^1].Kind.ShouldBe(GroundKind.HorizonReached);
        Evaluation.Conclude(late with { Looks = [ended.Look] }).Verdict.ShouldBe(Verdict.Inconclusive);
    }

    /// <summary>z is 2.2 in both: enough for all of alpha at once, but not for what is left of half of it.</summary>
    [Fact]
    public void More_arms_share_alpha()
    {
        var two = EvaluationInputs.Conversions(50_000, 0.05, 0.0531);
        var three = EvaluationInputs.Conversions(50_000, 0.05, 0.0531, 0.05);
        Evaluation.Conclude(EvaluationInputs.Of(two)).Verdict.ShouldBe(Verdict.Promote);
        Evaluation.Conclude(EvaluationInputs.Of(three) with { Plan = new EvaluationPlan { PlannedUsers = 150_000, Looks = [1] } }).Verdict.ShouldBe(Verdict.Inconclusive);
    }

    [Fact]
    public void Guardrail_that_is_worse_keeps_from_promoting_and_one_beyond_its_margin_is_rolled_back()
    {
        var goal = EvaluationInputs.Conversions(20_000, 0.05, 0.06);
        var worse = Latency(100, 100.6, 0.05);
        Evaluation.Conclude(EvaluationInputs.Of(goal, worse with { Margin = null })).Grounds.ShouldContain(static ground => ground.Kind == GroundKind.GuardrailNotHeld);
        Evaluation.Conclude(EvaluationInputs.Of(goal, worse)).Verdict.ShouldBe(Verdict.Promote);
        var bad = Evaluation.Conclude(EvaluationInputs.Of(goal, Latency(100, 108, 0.05)));
        bad.Verdict.ShouldBe(Verdict.RollBack);
        bad.Grounds.ShouldHaveSingleItem().Kind.ShouldBe(GroundKind.GuardrailHarmed);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(5000, 0)]
    public void Where_nothing_can_be_said_no_number_is_shown(long users, double rate)
    {
        var output = Evaluation.Of(EvaluationInputs.Of(users, rate, rate));
        output.Conclusion.Verdict.ShouldBe(Verdict.KeepGoing);
        output.Findings.ShouldHaveSingleItem().NotYet.ShouldNotBeNull();
        Json(output).ShouldNotContain("NaN");
    }

    [Fact]
    public void Stored_input_gives_the_same_output_to_the_bit()
    {
        var input = EvaluationInputs.Of(EvaluationInputs.Conversions(20_000, 0.05, 0.0537), Latency(100, 101, 0.05));
        var read = JsonSerializer.Deserialize<EvaluationInput>(JsonSerializer.Serialize(input, s_json), s_json)!;
        Json(Evaluation.Of(read)).ShouldBe(Json(Evaluation.Of(input)));
    }

    [Fact]
    public void Input_whose_parts_do_not_fit_is_a_bug_that_is_named()
    {
        var input = EvaluationInputs.Of(20_000, 0.05, 0.06);
        Should.Throw<ArgumentException>(() => Evaluation.Conclude(input with { Epochs = [] })).Message.ShouldContain("metric conversion does not have 2 arms and 0 epochs");
    }

    private static MetricInput Latency(double control, double treatment, double margin) => new()
    {
        Name = "latency",
        Kind = MetricKind.Mean,
        Role = MetricRole.Guardrail,
        Direction = MetricDirection.Down,
        Margin = margin,
        Cells = [[EvaluationInputs.Mean(20_000, control, 30)], [EvaluationInputs.Mean(20_000, treatment, 30)]],
    };

    private static string Json(EvaluationOutput output) => JsonSerializer.Serialize(output, s_json);
}
