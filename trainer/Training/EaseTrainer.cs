using System.Numerics.Tensors;
using Splitrail.Models;

namespace Splitrail.Trainer.Training;

/// <summary>
/// EASE (Steck 2019): B = I - P diag(1 / diag P) with P = (X'X + lambda I)^-1, the best linear item-to-item weights with a zero diagonal.
/// It covers the first <c>covered</c> items of the matrix; items come in falling order of support, so what is left out has next to no data.
/// The items' words join the subjects as further rows of X (Jeunen, Van Balen and Goethals 2020, "Closed-Form Models for Collaborative Filtering with
/// Side-Information"): each term is one more subject who had all items with it, at a small weight.
/// </summary>
internal static class EaseTrainer
{
    /// <param name="matrix">X, subjects x items.</param>
    /// <param name="covered">Items to cover.</param>
    /// <param name="lambda">Ridge.</param>
    /// <param name="terms">The items' words, in the matrix's order.</param>
    /// <param name="termWeight">What the words of an item count against one subject; 0 leaves them out.</param>
    public static EaseModel Train(InteractionMatrix matrix, int covered, float lambda, TermMatrix terms, float termWeight)
    {
        var padded = SpdInverse.Padded(covered);
        var gram = Gram(matrix, covered, padded);
        if (termWeight > 0)
            AddTerms(gram, terms, covered, padded, termWeight);
        for (var i = 0; i < padded; i++)
            gram[i * padded + i] += i < covered ? lambda : 1f;
        SpdInverse.Invert(gram, padded);
        return ToModel(gram, covered, padded);
    }

    /// <summary>Upper triangle of X'X: row i sums the rows of the subjects that have item i, so rows can be made in parallel.</summary>
    private static float[] Gram(InteractionMatrix matrix, int covered, int padded)
    {
        var gram = new float[padded * padded];
        var byItem = matrix.Transpose();
        Parallel.For(0, covered, i =>
        {
            var target = gram.AsSpan(i * padded, padded);
            var subjects = byItem.ColumnsOf(i);
            var strengths = byItem.StrengthsOf(i);
            for (var s = 0; s < subjects.Length; s++)
            {
                var items = matrix.ColumnsOf(subjects[s]);
                var others = matrix.StrengthsOf(subjects[s]);
                for (var c = items.BinarySearch(i); c < items.Length && items[c] < covered; c++)
                    target[items[c]] += strengths[s] * others[c];
            }
        });
        return gram;
    }

    /// <summary>Adds weight x T T' to the upper triangle, T being items x terms.</summary>
    private static void AddTerms(float[] gram, TermMatrix terms, int covered, int padded, float weight)
    {
        var byTerm = terms.ByTerm();
        Parallel.For(0, covered, i =>
        {
            var target = gram.AsSpan(i * padded, padded);
            foreach (var (term, mine) in terms.Rows[i])
                foreach (var (item, theirs) in byTerm[term])
                    if (item >= i && item < covered)
                        target[item] += weight * mine * theirs;
        });
    }

    private static EaseModel ToModel(float[] inverse, int covered, int padded)
    {
        var scale = new float[covered];
        for (var j = 0; j < covered; j++)
            scale[j] = -1f / inverse[j * padded + j];
        return EaseModel.FromRows(covered, (i, row) =>
        {
            TensorPrimitives.Multiply(inverse.AsSpan(i * padded, covered), scale, row);
            row[i] = 0f;
        });
    }
}
