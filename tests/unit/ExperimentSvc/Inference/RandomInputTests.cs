using System.Text.Json;
using Shouldly;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.Randomness;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Inference;

/// <summary>Whatever was counted, an evaluation ends with numbers or reasons: the writer of JSON refuses what is neither.</summary>
public sealed class RandomInputTests
{
    private static readonly double[] s_scales = [0, 1e-300, 1e-9, 1, 1e6, 1e120, 1e200];

    [Fact]
    public void Any_sums_give_finite_numbers_or_a_reason_and_the_same_ones_again()
    {
        for (var run = 0; run < 1500; run++)
        {
            var input = Input(SplitMix64.Stream(97, (ulong)run));
            var text = JsonSerializer.Serialize(Evaluation.Of(input));
            JsonSerializer.Serialize(Evaluation.Of(input)).ShouldBe(text, $"run {run}");
        }
    }

    private static EvaluationInput Input(SplitMix64 chance)
    {
        var (arms, epochs) = (2 + chance.NextInt(3), 1 + chance.NextInt(3));
        var users = new long[epochs][];
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            users[epoch] = new long[arms];
            for (var arm = 0; arm < arms; arm++)
                users[epoch][arm] = chance.NextInt(4) == 0 ? chance.NextInt(3) : chance.NextInt(60_000);
        }

        var metrics = new MetricInput[1 + chance.NextInt(4)];
        for (var i = 0; i < metrics.Length; i++)
            metrics[i] = Metric(i, users, ref chance);
        return new EvaluationInput(
            new EvaluationPlan { PlannedUsers = chance.NextInt(300_000), HorizonUsers = chance.NextInt(2) == 0 ? chance.NextInt(400_000) : null },
            [.. Enumerable.Range(0, arms).Select(static arm => new ArmInput($"a{arm}", arm == 0))],
            [.. users.Select(static (of, epoch) => new EpochInput(epoch + 1, of, [.. of.Select(static (_, arm) => arm == 2 ? 0.0 : 1)]))],
            metrics,
            new QualityFacts(chance.NextInt(500), chance.NextInt(1000), chance.NextInt(10), chance.NextInt(900_000)),
            [],
            0,
            chance.NextInt(20) * EvaluationInputs.DayMs);
    }

    private static MetricInput Metric(int place, long[][] users, ref SplitMix64 chance)
    {
        var (kind, scale) = ((MetricKind)chance.NextInt(4), s_scales[chance.NextInt(s_scales.Length)]);
        var cells = new List<MetricCell>[users[0].Length];
        for (var arm = 0; arm < cells.Length; arm++)
        {
            cells[arm] = [];
            foreach (var epoch in users)
                cells[arm].Add(Cell(kind, epoch[arm], scale, ref chance));
        }

        return new MetricInput
        {
            Name = $"m{place}", Kind = kind, Role = (MetricRole)chance.NextInt(3), Direction = (MetricDirection)chance.NextInt(2), HasCovariate = kind <= MetricKind.Mean && chance.NextInt(3) == 0,
            IsSkewed = kind == MetricKind.Mean && chance.NextInt(2) == 0, Quantile = kind == MetricKind.Quantile ? 0.9 : null, Margin = chance.NextInt(2) == 0 ? 0.02 : null, Cells = cells,
        };
    }

    /// <summary>Of users of whom one in twenty has a value around the scale; a proportion's are ones.</summary>
    private static MetricCell Cell(MetricKind kind, long users, double scale, ref SplitMix64 chance)
    {
        var size = kind == MetricKind.Proportion ? 1 : scale * (chance.NextInt(8) == 0 ? -1 : 1);
        double hits = users == 0 ? 0 : chance.NextInt((int)Math.Min(users, 1 + (users / 20)) + 1), others = chance.NextInt((int)users + 1);
        return new MetricCell(
            users, hits * size, hits * size * size, hits * size * size * size, others, others, Math.Min(hits, others) * size / 2,
            kind == MetricKind.Quantile ? [new HistogramBucket(0, 1, users - (long)hits), new HistogramBucket(1, 1 + Math.Abs(scale), (long)hits)] : null);
    }
}
