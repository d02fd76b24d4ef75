using Splitrail.Retrieval;

namespace Splitrail.Trainer.Training.Bayesian;

/// <summary>
/// The vectors of one side, users or items, and how they are drawn while the other side stands still: each from its normal posterior, whose precision is the prior's plus alpha sum xx' over the other side's vectors with
/// 1 in place of the bias. Each vector has random numbers of its own, so that the result does not depend on the number of threads.
/// </summary>
/// <param name="ratings">This side x the other.</param>
/// <param name="options">Sizes and seed.</param>
internal sealed unsafe class GibbsSide(RatingMatrix ratings, BayesianOptions options)
{
    private const int Depth = 256;
    private const int Chunk = 64;

    private readonly int _width = options.Factors;

    /// <summary>Rows x D, by row; the last of each is the bias.</summary>
    public float[] Vectors { get; } = new float[ratings.Rows * options.Factors];

    public NormalWishart Prior { get; } = new(options.Factors);

    /// <summary>Small normal numbers: from zeros the sampler would take hundreds of sweeps to leave the mean.</summary>
    public void Begin(ulong stream)
    {
        var draws = new NormalDraws((ulong)options.Seed, stream);
        var deviation = 1 / Math.Sqrt(_width) / 2;
        for (var i = 0; i < Vectors.Length; i++)
            Vectors[i] = (float)(deviation * draws.Next());
    }

    /// <param name="other">The other side's vectors.</param>
    /// <param name="alpha">Precision of a rating.</param>
    /// <param name="stream">The first of as many streams as there are rows.</param>
    public void Draw(float[] other, float alpha, ulong stream) =>
        Parallel.For(0, (ratings.Rows + Chunk - 1) / Chunk, options.Parallelism, () => new Workspace(_width), (chunk, _, work) =>
        {
            for (var row = chunk * Chunk; row < Math.Min(ratings.Rows, chunk * Chunk + Chunk); row++)
                DrawRow(row, other, alpha, new NormalDraws((ulong)options.Seed, stream + (ulong)row), work);
            return work;
        }, static _ => { });

    /// <summary>Sum of the squared errors of all ratings: by row first, so that the order of the sum is fixed.</summary>
    public double SquaredErrors(float[] other)
    {
        var errors = new double[ratings.Rows];
        Parallel.For(0, ratings.Rows, options.Parallelism, row => errors[row] = SquaredErrors(row, other));
        return errors.Sum();
    }

    private void DrawRow(int row, float[] other, float alpha, NormalDraws draws, Workspace work)
    {
        Prior.Precision.CopyTo(work.Matrix, 0);
        var x = Vectors.AsSpan(row * _width, _width);
        Prior.Right.CopyTo(x);
        Gather(ratings.ColumnsOf(row), ratings.ValuesOf(row), other, MathF.Sqrt(alpha), work, x);
        UpperCholesky.Factor(work.Matrix, _width);
        // U'Ux = b + U'z has the mean A^-1 b and the covariance A^-1.
        UpperCholesky.SolveTransposed(work.Matrix, _width, x);
        for (var k = 0; k < x.Length; k++)
            x[k] += (float)draws.Next();
        UpperCholesky.SolveUpper(work.Matrix, _width, x);
    }

    private void Gather(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, float[] other, float root, Workspace work, Span<float> right)
    {
        var bias = _width - 1;
        fixed (float* rows = other, gathered = work.Gathered, matrix = work.Matrix, b = right)
            for (var from = 0; from < columns.Length; from += Depth)
            {
                var depth = Math.Min(Depth, columns.Length - from);
                for (var d = 0; d < depth; d++)
                {
                    var row = rows + (long)columns[from + d] * _width;
                    var to = gathered + d * _width;
                    for (var k = 0; k < bias; k++)
                        to[k] = root * row[k];
                    to[bias] = root;
                    var target = root * (values[from + d] - row[bias]);
                    for (var k = 0; k < _width; k++)
                        b[k] += target * to[k];
                }

                DenseKernel.Accumulate(gathered, _width, gathered, _width, depth, matrix, _width, _width, _width, upper: true);
            }
    }

    private double SquaredErrors(int row, float[] other)
    {
        var columns = ratings.ColumnsOf(row);
        var values = ratings.ValuesOf(row);
        var x = Vectors.AsSpan(row * _width, _width);
        var (bias, sum) = (_width - 1, 0.0);
        for (var i = 0; i < columns.Length; i++)
        {
            var y = other.AsSpan(columns[i] * _width, _width);
            var product = x[bias] + y[bias];
            for (var k = 0; k < bias; k++)
                product += x[k] * y[k];
            sum += (values[i] - product) * (values[i] - product);
        }

        return sum;
    }

    private sealed class Workspace(int width)
    {
        public float[] Matrix { get; } = new float[width * width];

        public float[] Gathered { get; } = new float[Depth * width];
    }
}
