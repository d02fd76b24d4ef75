using Shouldly;
using Splitrail.ExperimentSvc.Aggregates;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Metrics;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Inference;

/// <summary>p99 of lognormal latencies, looked at after every 1,000 answers of both arms by the rule that rolls back.</summary>
public sealed class LatencyGuardrailTests
{
    private const int Step = 500;
    private const int MostPerArm = 30_000;

    [Fact]
    public void Arms_that_are_as_fast_are_not_rolled_back()
    {
        const int Runs = 300;
        var alarms = Enumerable.Range(0, Runs).Count(seed => AlarmAt(seed, slowdown: 1) is not null);
        // 2.5 % and three Monte Carlo errors: a rule at 5 % would pass with less than 1 %.
        alarms.ShouldBeLessThan((int)(Runs * 0.025) + 9);
    }

    [Fact]
    public void An_arm_whose_slowest_answers_take_half_again_as_long_is()
    {
        for (var seed = 0; seed < 10; seed++)
            AlarmAt(seed, slowdown: 1.5).ShouldNotBeNull().ShouldBeLessThan(MostPerArm);
    }

    /// <returns>Answers per arm; null without an alarm.</returns>
    private static int? AlarmAt(int seed, double slowdown)
    {
        var random = new Random(seed);
        var (control, treatment) = (default(ExactSums), default(ExactSums));
        for (var answers = Step; answers <= MostPerArm; answers += Step)
        {
            (control, treatment) = (control + Answers(random, 1), treatment + Answers(random, slowdown));
            var input = EvaluationInputs.Of(Shape(control, treatment)) with { Epochs = [new EpochInput(1, [answers, answers], [1, 1])] };
            if (HarmRule.Harms(input).Count > 0)
                return answers;
        }

        return null;
    }

    private static MetricInput Shape(in ExactSums control, in ExactSums treatment)
    {
        var metric = MetricTable.Find(MetricNames.LatencyP99)!;
        return new MetricInput
        {
            Name = metric.Name,
            Kind = metric.Kind,
            Role = MetricRole.Guardrail,
            Direction = metric.Direction,
            Quantile = metric.Quantile,
            Cells = [[control.ToCell(metric)], [treatment.ToCell(metric)]],
        };
    }

    private static ExactSums Answers(Random random, double slowdown)
    {
        Dictionary<int, long> counts = [];
        for (var i = 0; i < Step; i++)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var ms = 20 * Math.Exp(0.5 * normal);
            var bucket = ExactHistogram.BucketOf((long)(ms > 40 ? ms * slowdown : ms));
            counts[bucket] = counts.GetValueOrDefault(bucket) + 1;
        }

        return new ExactSums(Step, Histogram: ExactHistogram.Of(counts));
    }
}
