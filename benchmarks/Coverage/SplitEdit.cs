using Splitrail.Benchmarks.Simulation;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.Randomness;

namespace Splitrail.Benchmarks.Coverage;

/// <summary>90/10 while 4 % buy, then 50/50 while 6 % buy, and no effect: by epochs, and pooled as it would be without them.</summary>
internal static class SplitEdit
{
    private const int UsersPerEpoch = 100_000;
    private const int Block = 1000;
    private const double Early = 0.04;
    private const double Late = 0.06;

    public static void Record(Dictionary<string, double> figures, BenchRequest request, int runs, CancellationToken cancellationToken)
    {
        var (before, after) = (new Split("90/10", Block, 0.9, 0.1), new Split("50/50", Block, 0.5, 0.5));
        var (early, late) = (new Conversion(Early, Block), new Conversion(Late, Block));
        var seen = MonteCarlo.Run(runs, run => One(before, early, after, late, SplitMix64.Stream(request.Seed + 77, (ulong)run)), cancellationToken);
        var (bias, pooled) = (seen.Average(static one => one.Lift), seen.Average(static one => one.PooledLift));
        var error = Math.Sqrt(seen.Average(one => Math.Pow(one.Lift - bias, 2)) / runs);
        var (found, outside, pooledFound) = (Part(static one => one.IsFound), Part(static one => one.IsOutside), Part(static one => one.IsPooledFound));
        figures["epoch_bias_share"] = Math.Abs(bias);
        figures["epoch_bias_error"] = error;
        figures["epoch_bias_beyond_chance_share"] = Math.Max(0, Math.Abs(bias) - (3 * error));
        figures["epoch_false_positive"] = found;
        figures["epoch_interval_missed"] = outside;
        figures["pooled_bias_share"] = pooled;
        figures["pooled_false_positive"] = pooledFound;
        request.Progress($"split edit by epochs: bias {100 * bias:+0.000;-0.000} % ± {100 * error:0.000}, promoted or rolled back {MonteCarlo.Text(found, runs)}, 95 % interval misses 0 in {MonteCarlo.Text(outside, runs)}; "
            + $"pooled: bias {100 * pooled:+0.0;-0.0} %, promoted or rolled back {MonteCarlo.Text(pooledFound, runs)}");

        double Part(Func<Seen, bool> isOne) => seen.Count(isOne) / (double)runs;
    }

    private static Seen One(Split before, Conversion early, Split after, Conversion late, SplitMix64 chance)
    {
        var (first, second) = (Epoch(before, early, ref chance), Epoch(after, late, ref chance));
        var metric = late.Metric([[first[0], second[0]], [first[1], second[1]]]);
        var output = Evaluation.Of(TwoArms.Of(metric, Users(1, before, first), Users(2, after, second)));
        var all = late.Metric([[Together(first[0], second[0])], [Together(first[1], second[1])]]);
        var pooled = Evaluation.Of(TwoArms.Of(all, TwoArms.Epoch(1, all.Cells[0][0].Users, all.Cells[1][0].Users)));
        var lift = output.Findings[0].Lift!;
        return new Seen(lift.Value, IsFound(output), lift.Low > 0 || lift.High < 0, pooled.Findings[0].Lift!.Value, IsFound(pooled));
    }

    private static MetricCell[] Epoch(Split split, Conversion conversion, ref SplitMix64 chance)
    {
        var (sums, dealt) = (new Sums[2], new int[2]);
        for (var user = 0; user < UsersPerEpoch; user += Block)
        {
            split.Deal(ref chance, dealt);
            for (var arm = 0; arm < 2; arm++)
                conversion.Add(ref chance, ref sums[arm], dealt[arm]);
        }

        return [sums[0].Cell, sums[1].Cell];
    }

    private static EpochInput Users(int id, Split split, MetricCell[] cells) => new(id, [cells[0].Users, cells[1].Users], split.Shares);

    private static MetricCell Together(MetricCell one, MetricCell other) => new(one.Users + other.Users, one.Sum + other.Sum, one.Squares + other.Squares);

    private static bool IsFound(EvaluationOutput output) => output.Conclusion.Verdict is Verdict.Promote or Verdict.RollBack;

    private readonly record struct Seen(double Lift, bool IsFound, bool IsOutside, double PooledLift, bool IsPooledFound);
}
