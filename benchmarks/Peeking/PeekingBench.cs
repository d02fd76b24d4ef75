using Splitrail.Benchmarks.Simulation;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.Randomness;

namespace Splitrail.Benchmarks.Peeking;

/// <summary>How often an experiment without any effect is promoted or rolled back although somebody looks after every hundred users per arm.</summary>
internal sealed class PeekingBench : IBench
{
    private const int DefaultRuns = 4000;
    private const int Blocks = 1120;
    private const int PerArm = 100;
    private const int Days = 14;
    private const double Rate = 0.05;
    private const double OrderDeviation = 1.2;

    public string Name => "peeking";

    public string Summary => "false promotions and rollbacks of equal arms, looked at after every 100 users per arm up to 112,000";

    public IReadOnlyDictionary<string, BenchTarget> Targets { get; } = new Dictionary<string, BenchTarget>
    {
        ["false_promote_max"] = new(Max: 0.05),
        ["false_promote_upper99"] = new(Max: 0.056),
        ["false_rollback_max"] = new(Max: 0.025),
        ["false_rollback_upper99"] = new(Max: 0.029),
    };

    /// <summary>With any number of runs: what is beyond the bars by more than chance explains, and that the plain ways still fail where they are known to.</summary>
    public IReadOnlyDictionary<string, BenchTarget> Checks { get; } = new Dictionary<string, BenchTarget>
    {
        ["false_promote_lower99"] = new(Max: 0.05),
        ["false_rollback_lower99"] = new(Max: 0.025),
        ["naive_false_positive"] = new(Min: 0.4),
        ["welch_revenue_false_rollback"] = new(Min: 0.05),
    };

    public Task<IReadOnlyDictionary<string, double>> RunAsync(BenchRequest request, CancellationToken cancellationToken) =>
        Task.Run<IReadOnlyDictionary<string, double>>(() => Run(request, cancellationToken), cancellationToken);

    private static Dictionary<string, double> Run(BenchRequest request, CancellationToken cancellationToken)
    {
        var (figures, runs) = (new Dictionary<string, double> { ["runs"] = request.Runs ?? DefaultRuns }, request.Runs ?? DefaultRuns);
        Split[] splits = [new("50/50", 2 * PerArm, 0.5, 0.5), new("90/10", 2 * PerArm, 0.9, 0.1), new("34/33/33", 3 * PerArm, 0.34, 0.33, 0.33)];
        Outcomes[] metrics = [new ClickThrough(request.Seed), new Conversion(Rate, 3 * PerArm), new Revenue(Rate, OrderDeviation, 3 * PerArm)];
        var cases = metrics.SelectMany(metric => splits.Select(split => (Metric: metric, Split: split))).Append((Metric: metrics[^1], Split: new Split("10/90", 2 * PerArm, 0.1, 0.9))).ToArray();
        for (var i = 0; i < cases.Length; i++)
        {
            var ((metric, split), seed) = (cases[i], request.Seed + (1000 * (ulong)(i + 1)));
            var test = new SimulatedTest(split, [.. split.Shares.Select(_ => metric)], new EvaluationPlan { PlannedUsers = (long)split.Block * Blocks }, Days);
            Record(figures, metric.Name, split.Name, MonteCarlo.Run(runs, run => One(test, SplitMix64.Stream(seed, (ulong)run)), cancellationToken), request.Progress);
        }

        return figures;
    }

    private static (Verdict Verdict, bool NaiveFound, bool WelchHarmed) One(SimulatedTest test, SplitMix64 chance)
    {
        var methods = new PeekingMethods();
        var end = test.Run(ref chance, isOverAtEnd: false, methods.Watch);
        return (end.Verdict, methods.NaiveFound, methods.WelchHarmed);
    }

    private static void Record(
        Dictionary<string, double> figures, string metric, string split, (Verdict Verdict, bool NaiveFound, bool WelchHarmed)[] results, Action<string> progress)
    {
        var runs = results.Length;
        var (promoted, rolledBack) = (Part(static one => one.Verdict == Verdict.Promote), Part(static one => one.Verdict == Verdict.RollBack));
        var (naive, welch) = (Part(static one => one.NaiveFound), Part(static one => one.WelchHarmed));
        progress($"{metric,-14} {split,-9} promoted {MonteCarlo.Text(promoted, runs)}, rolled back {MonteCarlo.Text(rolledBack, runs)}; "
            + $"naive peeking {MonteCarlo.Text(naive, runs)}, Welch's sequence rolls back {MonteCarlo.Text(welch, runs)}");
        Largest("false_promote_max", promoted);
        Largest("false_promote_upper99", MonteCarlo.Upper99(promoted, runs));
        Largest("false_promote_lower99", MonteCarlo.Lower99(promoted, runs));
        Largest("false_rollback_max", rolledBack);
        Largest("false_rollback_lower99", MonteCarlo.Lower99(rolledBack, runs));
        Largest("false_rollback_upper99", MonteCarlo.Upper99(rolledBack, runs));
        if (metric == "conversion" && split == "50/50")
            figures["naive_false_positive"] = naive;
        if (metric == "revenue")
            Largest("welch_revenue_false_rollback", welch);

        double Part(Func<(Verdict Verdict, bool NaiveFound, bool WelchHarmed), bool> isOne) => results.Count(isOne) / (double)runs;

        void Largest(string key, double value) => figures[key] = Math.Max(figures.GetValueOrDefault(key), value);
    }
}
