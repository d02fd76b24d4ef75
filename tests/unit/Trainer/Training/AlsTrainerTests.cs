using Shouldly;
using Splitrail.Models;
using Splitrail.Trainer.Training;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Training;

public sealed class AlsTrainerTests
{
    private static readonly InteractionMatrix s_matrix = Draw();

    [Theory]
    [InlineData(nameof(AlsSolver.Cholesky), 64)]
    [InlineData(nameof(AlsSolver.Cholesky), 20)]
    [InlineData(nameof(AlsSolver.ConjugateGradients), 64)]
    [InlineData(nameof(AlsSolver.ConjugateGradients), 20)]
    [InlineData(nameof(AlsSolver.Blocks), 100)]
    public void The_number_of_threads_changes_no_bit(string solver, int factors)
    {
        var options = new AlsOptions(factors, Iterations: 3, Solver: Enum.Parse<AlsSolver>(solver));

        var one = AlsTrainer.Train(s_matrix, options with { Threads = 1 });
        var two = AlsTrainer.Train(s_matrix, options with { Threads = 2 });

        two.ItemFactors.ShouldBe(one.ItemFactors);
    }

    [Theory]
    [InlineData(nameof(AlsSolver.ConjugateGradients), 16, 0)]
    [InlineData(nameof(AlsSolver.ConjugateGradients), 16, 1)]
    [InlineData(nameof(AlsSolver.Blocks), 16, 0)]
    [InlineData(nameof(AlsSolver.Blocks), 80, 1)]
    public void All_solvers_end_at_the_same_scores(string solver, int factors, int scaling)
    {
        var options = new AlsOptions(factors, Regularisation: 5, Iterations: 30, FrequencyScaling: scaling);
        var exact = AlsTrainer.Train(s_matrix, options);
        var steps = AlsTrainer.Train(s_matrix, options with { Solver = Enum.Parse<AlsSolver>(solver) });

        var (a, b) = (Products(exact), Products(steps));
        var difference = Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());
        difference.ShouldBeLessThan(0.05 * Math.Sqrt(a.Sum(x => x * x)));
    }

    [Fact]
    public void Each_iteration_is_told_of()
    {
        var told = new List<int>();

        AlsTrainer.Train(s_matrix, new AlsOptions(16, Iterations: 3), told.Add);

        told.ShouldBe([0, 1, 2]);
    }

    /// <summary>Of each of the first items with each: what does not depend on how the factors are turned.</summary>
    private static double[] Products(AlsModel als) =>
    [
        .. from a in Enumerable.Range(0, 30)
           from b in Enumerable.Range(0, 30)
           select Enumerable.Range(0, als.Factors).Sum(k => (double)als.Row(a)[k] * als.Row(b)[k]),
    ];

    private static InteractionMatrix Draw()
    {
        var random = new Random(5);
        return InteractionMatrix.From(
            Enumerable.Range(0, 6000).Select(_ => random.Next(300) is var row ? (row, (row % 10 * 8 + (int)(random.NextDouble() * random.NextDouble() * 80)) % 80, 1f) : default), 80);
    }
}
