using System.Numerics.Tensors;
using Splitrail.CandidateSvc.Search.Indexing;
using Splitrail.Retrieval;
using Splitrail.Retrieval.Vectors;

namespace Splitrail.CandidateSvc.Search.Vectors;

/// <summary>A vector of length 1 for each item of a segment, of the words of its title, category and attributes by TF-IDF; zeros for an item without words.</summary>
internal sealed class TextVectors
{
    private readonly IVectorIndex? _index;

    private TextVectors(FloatRows rows, IVectorIndex? index) => (Rows, _index) = (rows, index);

    public FloatRows Rows { get; }

    /// <summary>Outside the collector's heap.</summary>
    public long ResidentBytes => _index?.ResidentBytes ?? Rows.ResidentBytes;

    /// <param name="occurrences">By item.</param>
    /// <param name="items">How many items.</param>
    /// <param name="terms">Their terms.</param>
    /// <param name="rarities">Of the terms.</param>
    /// <param name="isSmall">A small segment is scanned as it is and gets no index.</param>
    public static TextVectors Of(ReadOnlySpan<Occurrence> occurrences, int items, TermTable terms, float[] rarities, bool isSmall)
    {
        var rows = FloatRows.Zeroed(items, TextProjection.Width);
        var vector = new float[TextProjection.Width];
        for (var at = 0; at < occurrences.Length;)
        {
            var item = occurrences[at].Item;
            Array.Clear(vector);
            for (; at < occurrences.Length && occurrences[at].Item == item; at++)
            {
                var counts = occurrences[at].Counts;
                var count = (2 * counts[(int)ItemField.Title]) + counts[(int)ItemField.Category] + counts[(int)ItemField.Attributes];
                var text = terms[occurrences[at].Term];
                if (count > 0 && text[0] != TermTable.WrittenMark)
                    TextProjection.Add(text, rarities[occurrences[at].Term] * (1 + MathF.Log(count)), vector);
            }

            var length = TensorPrimitives.Norm<float>(vector);
            if (length > 0)
                TensorPrimitives.Divide(vector, length, vector);
            rows.Set(item, vector);
        }

        return new TextVectors(rows, isSmall || items == 0 ? null : VectorIndexes.Build(rows, new VectorIndexOptions()));
    }

    /// <summary>The items nearest to a vector, best first.</summary>
    /// <param name="vector">Of any length but 0.</param>
    /// <param name="allowed">Of this segment's items.</param>
    /// <param name="best">Gets them.</param>
    /// <param name="scratch">Used by this query alone.</param>
    public int Near(ReadOnlySpan<float> vector, ItemBitmap allowed, Span<Neighbour> best, VectorScratch scratch)
    {
        if (_index is not null)
            return _index.Search(vector, allowed, best, scratch);
        var found = 0;
        for (var row = 0; row < Rows.Count; row++)
        {
            if (!allowed[row])
                continue;
            var score = TensorPrimitives.Dot(vector, Rows[row]);
            if (found == best.Length && score <= best[^1].Score)
                continue;
            var at = found < best.Length ? found++ : found - 1;
            for (; at > 0 && best[at - 1].Score < score; at--)
                best[at] = best[at - 1];
            best[at] = new Neighbour(row, score);
        }

        return found;
    }
}
