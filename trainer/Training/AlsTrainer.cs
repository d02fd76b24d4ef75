using Splitrail.Models;
using Splitrail.Retrieval;

namespace Splitrail.Trainer.Training;

/// <summary>
/// Implicit ALS (Hu, Koren and Volinsky 2008): both sides in turn by the exact half-step. Every row is solved by itself in a fixed order of
/// sums, so the result does not depend on the number of threads.
/// </summary>
internal static class AlsTrainer
{
    /// <param name="matrix">Subjects x items.</param>
    /// <param name="options">Hyper-parameters.</param>
    /// <param name="done">Told the number of each iteration when it ends; may be null.</param>
    public static AlsModel Train(InteractionMatrix matrix, AlsOptions options, Action<int>? done = null)
    {
        var byItem = matrix.Transpose();
        var items = Start(matrix.Columns, options);
        var subjects = new float[matrix.Rows * options.Factors];
        for (var iteration = 0; iteration < options.Iterations; iteration++)
        {
            Solve(matrix, items, subjects, options);
            Solve(byItem, subjects, items, options);
            done?.Invoke(iteration);
        }

        return new AlsModel(options.Factors, items, options.Regularisation, options.Alpha, options.FrequencyScaling);
    }

    private static void Solve(InteractionMatrix rows, float[] given, float[] solved, AlsOptions options)
    {
        const int Chunk = 64;
        var step = new AlsHalfStep(given, options.Factors, options.Regularisation, options.Alpha, options.Solver == AlsSolver.Cholesky ? ShortRows(rows, options.Factors) : 0, options.FrequencyScaling);
        Parallel.For(0, (rows.Rows + Chunk - 1) / Chunk, options.Parallelism, () => new AlsWorkspace(options.Factors), (chunk, _, work) =>
        {
            for (var row = chunk * Chunk; row < Math.Min(rows.Rows, chunk * Chunk + Chunk); row++)
            {
                var x = solved.AsSpan(row * options.Factors, options.Factors);
                if (options.Solver == AlsSolver.ConjugateGradients)
                    step.Approach(rows.ColumnsOf(row), rows.StrengthsOf(row), work, x);
                else if (options.Solver == AlsSolver.Blocks)
                    step.Improve(rows.ColumnsOf(row), rows.StrengthsOf(row), work, x);
                else
                    step.Solve(rows.ColumnsOf(row), rows.StrengthsOf(row), work, x);
            }

            return work;
        }, static _ => { });
    }

    private static long ShortRows(InteractionMatrix rows, int factors)
    {
        var count = 0L;
        for (var row = 0; row < rows.Rows; row++)
            if (rows.Starts[row + 1] - rows.Starts[row] is var length && length > 0 && length <= factors / 2)
                count++;
        return count;
    }

    /// <summary>Small normal noise: standard deviation 0.1 / sqrt(K) (Rendle et al. 2021).</summary>
    private static float[] Start(int count, AlsOptions options)
    {
        var random = new Random(options.Seed);
        var start = new float[count * options.Factors];
        var deviation = 0.1 / Math.Sqrt(options.Factors);
        for (var i = 0; i < start.Length; i += 2)
        {
            // Box-Muller makes two at a time.
            var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            var (sine, cosine) = Math.SinCos(2 * Math.PI * random.NextDouble());
            start[i] = (float)(deviation * radius * cosine);
            if (i + 1 < start.Length)
                start[i + 1] = (float)(deviation * radius * sine);
        }

        return start;
    }
}

/// <param name="Factors">K; a multiple of 16 is fastest.</param>
/// <param name="Regularisation">lambda.</param>
/// <param name="Alpha">Confidence is 1 + alpha r.</param>
/// <param name="Iterations">Both sides count as one.</param>
/// <param name="Seed">Of the start.</param>
/// <param name="Solver">How a row is solved.</param>
/// <param name="FrequencyScaling">See <see cref="AlsModel.FrequencyScaling"/>.</param>
/// <param name="Threads">At most so many; 0 takes all cores. The result does not depend on it.</param>
internal sealed record AlsOptions(int Factors = 128, float Regularisation = 20f, float Alpha = 3f, int Iterations = 10, int Seed = 42, AlsSolver Solver = AlsSolver.Cholesky, int Threads = 0, float FrequencyScaling = 0f)
{
    internal ParallelOptions Parallelism => new() { MaxDegreeOfParallelism = Threads > 0 ? Threads : -1 };
}
