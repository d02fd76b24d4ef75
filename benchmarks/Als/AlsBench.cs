using System.Diagnostics;
using Splitrail.Randomness;
using Splitrail.Trainer.Training;

namespace Splitrail.Benchmarks.Als;

/// <summary>
/// Seconds per iteration of ALS on the reference matrix: 100,000 x 20,000 with 4,973,699 entries, drawn in pairs from SplitMix64's stream 777, 64 factors.
/// </summary>
internal sealed class AlsBench : IBench
{
    private const int Subjects = 100_000;
    private const int Items = 20_000;
    private const int Draws = 5_000_000;
    private const int Entries = 4_973_699;
    private const int Factors = 64;
    private const int Iterations = 4;

    public string Name => "als";

    public string Summary => "seconds per iteration of ALS on 100,000 x 20,000 with 5 million entries, 64 factors, by conjugate gradients and exactly";

    public IReadOnlyDictionary<string, BenchTarget> Targets { get; } = new Dictionary<string, BenchTarget>
    {
        ["cg_s_per_iteration"] = new(Max: 0.55),
        ["cholesky_s_per_iteration"] = new(Max: 1.0),
        ["entries"] = new(Min: Entries, Max: Entries),
    };

    public IReadOnlyDictionary<string, BenchTarget> Checks { get; } = new Dictionary<string, BenchTarget>
    {
        ["cg_share_of_kernel"] = new(Min: 0.076),
        ["cholesky_share_of_kernel"] = new(Min: 0.107),
        ["entries"] = new(Min: Entries, Max: Entries),
    };

    public Task<IReadOnlyDictionary<string, double>> RunAsync(BenchRequest request, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            request.Progress("drawing the matrix");
            var matrix = Draw();
            var figures = new Dictionary<string, double> { ["entries"] = matrix.Column.Length };
            figures["kernel_multiplications_per_second"] = KernelRate.PerSecond();
            Measure(figures, "cg", matrix, AlsSolver.ConjugateGradients, request);
            Measure(figures, "cholesky", matrix, AlsSolver.Cholesky, request);
            // Per row and entry: four products with the matrix, of K^2 and 2K; or K^2 / 2 for the matrix and K^3 / 6 for its factor.
            const double K = Factors;
            SetShare(figures, "cg", 4 * (2 * Entries * 2 * K + (Subjects + Items) * K * K));
            SetShare(figures, "cholesky", Entries * K * K + (Subjects + Items) * K * K * K / 6);
            return (IReadOnlyDictionary<string, double>)figures;
        },
        cancellationToken);

    /// <summary>By the wall clock, and by what the process was on the cores: on a machine that others use too only the latter says something.</summary>
    private static void Measure(Dictionary<string, double> figures, string name, InteractionMatrix matrix, AlsSolver solver, BenchRequest request)
    {
        var (times, busy) = (new List<double>(), new List<double>());
        var (started, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        AlsTrainer.Train(matrix, new AlsOptions(Factors, Iterations: Iterations, Solver: solver), iteration =>
        {
            times.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            busy.Add((Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
            request.Progress($"{solver} iteration {iteration + 1}: {times[^1]:0.000} s, {busy[^1]:0.000} s on cores");
            (started, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        });
        // The first one compiles.
        figures[$"{name}_s_per_iteration"] = times.Skip(1).Min();
        figures[$"{name}_core_s_per_iteration"] = busy.Skip(1).Min();
    }

    /// <summary>How much of what a core can do at best the work got out of it: a figure that machines differ little in.</summary>
    private static void SetShare(Dictionary<string, double> figures, string name, double multiplications) =>
        figures[$"{name}_share_of_kernel"] = multiplications / figures[$"{name}_core_s_per_iteration"] / figures["kernel_multiplications_per_second"];

    private static InteractionMatrix Draw()
    {
        var random = new SplitMix64(777);
        var entries = new (int Row, int Column, float Weight)[Draws];
        for (var draw = 0; draw < entries.Length; draw++)
        {
            var (a, b) = (random.NextDouble(), random.NextDouble());
            entries[draw] = ((int)(a * Math.Sqrt(a) * Subjects), (int)(b * b * Items), 1f);
        }

        return InteractionMatrix.From(entries, Items);
    }
}
