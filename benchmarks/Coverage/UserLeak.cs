using Splitrail.Benchmarks.Simulation;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.Randomness;

namespace Splitrail.Benchmarks.Coverage;

/// <summary>When a leak of users is reported, and how often one that is not there; looked at after every 200 users.</summary>
internal static class UserLeak
{
    private const int Block = 200;
    private const int LastUser = 200_000;
    private const double Leaking = 0.51;

    public static void Record(Dictionary<string, double> figures, BenchRequest request, int runs, CancellationToken cancellationToken)
    {
        var (leaking, kept) = (new Binomial(Block, Leaking), new Binomial(Block, 0.5));
        var leaks = MonteCarlo.Run(runs, run => FirstAlarm(leaking, SplitMix64.Stream(request.Seed + 91, (ulong)run)), cancellationToken);
        var alarms = MonteCarlo.Run(runs, run => FirstAlarm(kept, SplitMix64.Stream(request.Seed + 92, (ulong)run)), cancellationToken).Count(double.IsFinite) / (double)runs;
        Array.Sort(leaks);
        var (median, half) = (leaks[runs / 2], (int)Math.Ceiling(Math.Sqrt(runs) / 2));
        figures["srm_detect_users"] = median;
        figures["srm_detect_error"] = (leaks[Math.Min(runs - 1, (runs / 2) + half)] - leaks[Math.Max(0, (runs / 2) - half)]) / 2;
        figures["srm_false_alarm_rate"] = alarms;
        figures["srm_false_alarm_error"] = MonteCarlo.Error(alarms, runs);
        figures["srm_false_alarm_lower99"] = MonteCarlo.Lower99(alarms, runs);
        request.Progress($"51/49 instead of 50/50 is reported at a median of {median:N0} users ± {figures["srm_detect_error"]:N0} (nine of ten by {leaks[(int)(0.9 * runs)]:N0}); "
            + $"a split that is kept at some look up to {LastUser:N0}: {MonteCarlo.Text(alarms, runs)}");
    }

    private static double FirstAlarm(Binomial first, SplitMix64 chance)
    {
        var metric = new MetricInput { Name = "none", Kind = MetricKind.Proportion, Role = MetricRole.Secondary, Cells = [[new MetricCell(0, 0, 0)], [new MetricCell(0, 0, 0)]] };
        var control = 0L;
        for (var users = Block; users <= LastUser; users += Block)
        {
            control += first.Draw(ref chance, Block);
            if (Gates.SampleRatio(TwoArms.Of(metric, new EpochInput(1, [control, users - control], [0.5, 0.5]))).IsMismatch)
                return users;
        }

        return double.PositiveInfinity;
    }
}
