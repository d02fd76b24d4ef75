using Splitrail.Retrieval;

namespace Splitrail.Trainer.Training.Bayesian;

/// <summary>
/// The prior that all vectors of one side share: normal with a mean and a precision that are drawn anew in every sweep from their Normal-Wishart posterior, with mu0 = 0, beta0 = 2, W0 = I and nu0 = D as in
/// Salakhutdinov and Mnih (2008).
/// </summary>
/// <param name="width">D.</param>
internal sealed unsafe class NormalWishart(int width)
{
    private const double Beta0 = 2;
    private const int Chunk = 256;

    private readonly float[] _matrix = new float[width * width];
    private readonly float[] _columns = new float[width * width];
    private readonly float[] _part = new float[width * width];
    private readonly double[] _products = new double[width * width];
    private readonly double[] _sums = new double[width];

    /// <summary>D.</summary>
    public float[] Mean { get; } = new float[width];

    /// <summary>D x D, symmetric.</summary>
    public float[] Precision { get; } = new float[width * width];

    /// <summary>Precision times mean.</summary>
    public float[] Right { get; } = new float[width];

    /// <param name="vectors">N x D.</param>
    /// <param name="draws">The sweep's own.</param>
    public void Draw(float[] vectors, ref NormalDraws draws)
    {
        var count = vectors.Length / width;
        Sum(vectors, count);
        // Inverse of the posterior scale: I + sum xx' - N m m' + beta0 N / (beta0 + N) m m', with m the mean of the vectors.
        var shrink = 1.0 / (Beta0 + count);
        for (var row = 0; row < width; row++)
            for (var column = row; column < width; column++)
                _matrix[row * width + column] = (float)(_products[row * width + column] - _sums[row] * _sums[column] * shrink + (row == column ? 1 : 0));
        UpperCholesky.Factor(_matrix, width);
        DrawPrecision(width + count, ref draws);
        DrawMean(Beta0 + count, shrink, ref draws);
        for (var row = 0; row < width; row++)
        {
            Right[row] = 0f;
            for (var column = 0; column < width; column++)
                Right[row] += Precision[row * width + column] * Mean[column];
        }
    }

    /// <summary>Bartlett's decomposition: with M = U'U the inverse of the scale and A lower triangular of chi and normal draws, the precision is (U^-1 A)(U^-1 A)'.</summary>
    private void DrawPrecision(int degrees, ref NormalDraws draws)
    {
        Array.Clear(_columns);
        for (var column = 0; column < width; column++)
        {
            var a = _columns.AsSpan(column * width, width);
            a[column] = (float)Math.Sqrt(draws.NextChiSquare(degrees - column));
            for (var row = column + 1; row < width; row++)
                a[row] = (float)draws.Next();
            UpperCholesky.SolveUpper(_matrix, width, a);
        }

        Array.Clear(Precision);
        fixed (float* columns = _columns, precision = Precision)
            DenseKernel.Accumulate(columns, width, columns, width, width, precision, width, width, width);
    }

    private void DrawMean(double beta, double shrink, ref NormalDraws draws)
    {
        for (var i = 0; i < _matrix.Length; i++)
            _matrix[i] = (float)(beta * Precision[i]);
        UpperCholesky.Factor(_matrix, width);
        for (var k = 0; k < width; k++)
            Mean[k] = (float)draws.Next();
        UpperCholesky.SolveUpper(_matrix, width, Mean);
        for (var k = 0; k < width; k++)
            Mean[k] += (float)(_sums[k] * shrink);
    }

    /// <summary>Sums of the vectors and of their products, in doubles over chunks.</summary>
    private void Sum(float[] vectors, int count)
    {
        Array.Clear(_products);
        Array.Clear(_sums);
        fixed (float* all = vectors, part = _part)
            for (var from = 0; from < count; from += Chunk)
            {
                var depth = Math.Min(Chunk, count - from);
                var rows = all + (long)from * width;
                Array.Clear(_part);
                DenseKernel.Accumulate(rows, width, rows, width, depth, part, width, width, width, upper: true);
                for (var i = 0; i < _products.Length; i++)
                    _products[i] += part[i];
                for (var row = 0; row < depth; row++)
                    for (var k = 0; k < width; k++)
                        _sums[k] += rows[row * width + k];
            }
    }
}
