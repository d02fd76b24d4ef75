using System.Numerics.Tensors;
using Splitrail.Models;
using Splitrail.Randomness;

namespace Splitrail.Trainer.Training;

/// <summary>
/// The leading right singular subspace of the term matrix by subspace iteration from random vectors (Halko, Martinsson and Tropp 2011). Products of vectors do
/// not depend on the basis of the subspace, so that the singular values themselves are not worked out. Sums run in a fixed order: the result does not depend on
/// the number of threads.
/// </summary>
internal static class LatentSemantics
{
    private const int Iterations = 6;

    /// <summary>Null where the items have no words in common.</summary>
    /// <param name="terms">Items x terms.</param>
    /// <param name="width">Dimensions wanted; fewer where there are fewer terms.</param>
    /// <param name="seed">Of the start.</param>
    public static ContentModel? Train(TermMatrix terms, int width, int seed)
    {
        width = Math.Min(width, Math.Min(terms.Vocabulary.Length, terms.Rows.Length));
        if (width == 0)
            return null;
        var byTerm = terms.ByTerm();
        var basis = Start(terms.Vocabulary.Length, width, seed);
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            var items = Multiply(terms.Rows, basis, width);
            basis = Multiply(byTerm, items, width);
            Orthonormalise(basis, width);
        }

        var vectors = Multiply(terms.Rows, basis, width);
        for (var item = 0; item < terms.Rows.Length; item++)
            ContentModel.Normalise(vectors.AsSpan(item * width, width));
        return new ContentModel(width, terms.Vocabulary, Weighed(basis, terms.Idf, width), vectors);
    }

    private static float[] Start(int terms, int width, int seed)
    {
        var random = new SplitMix64((ulong)seed);
        var basis = new float[terms * width];
        for (var i = 0; i < basis.Length; i++)
            basis[i] = (float)random.NextNormal();
        Orthonormalise(basis, width);
        return basis;
    }

    /// <summary>Sparse rows times a dense matrix.</summary>
    private static float[] Multiply((int Column, float Weight)[][] rows, float[] dense, int width)
    {
        var product = new float[rows.Length * width];
        Parallel.For(0, rows.Length, row =>
        {
            var target = product.AsSpan(row * width, width);
            foreach (var (column, weight) in rows[row])
                TensorPrimitives.MultiplyAdd(dense.AsSpan(column * width, width), weight, target, target);
        });
        return product;
    }

    /// <summary>Modified Gram-Schmidt over the columns, twice, because once leaves what rounding left.</summary>
    private static void Orthonormalise(float[] basis, int width)
    {
        var columns = Transposed(basis, basis.Length / width, width);
        var length = basis.Length / width;
        for (var c = 0; c < width; c++)
        {
            var mine = columns.AsSpan(c * length, length);
            for (var pass = 0; pass < 2; pass++)
                for (var before = 0; before < c; before++)
                {
                    var other = columns.AsSpan(before * length, length);
                    TensorPrimitives.MultiplyAdd(other, -TensorPrimitives.Dot<float>(mine, other), mine, mine);
                }

            ContentModel.Normalise(mine);
        }

        Transposed(columns, width, length).CopyTo(basis, 0);
    }

    private static float[] Transposed(float[] matrix, int rows, int columns)
    {
        var other = new float[matrix.Length];
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
                other[column * rows + row] = matrix[row * columns + column];
        return other;
    }

    private static float[] Weighed(float[] basis, float[] idf, int width)
    {
        var weighed = new float[basis.Length];
        for (var term = 0; term < idf.Length; term++)
            TensorPrimitives.Multiply(basis.AsSpan(term * width, width), idf[term], weighed.AsSpan(term * width, width));
        return weighed;
    }
}
