using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Splitrail.Retrieval.Vectors;

namespace Splitrail.Retrieval;

/// <summary>The best k of an array of scores under a bitmap: sixteen scores at a time are held against the worst of the best so far.</summary>
public static class TopSelection
{
    private const int Step = 16;

    [ThreadStatic]
    private static BestRows? t_best;

    /// <summary>
    /// Fills <paramref name="best"/> with at most its length of allowed items whose score is above <paramref name="above"/>, best first
    /// (ties by position), and answers how many.
    /// </summary>
    public static int Select(ReadOnlySpan<float> scores, ItemBitmap allowed, Span<int> best, float above = float.NegativeInfinity)
    {
        if (best.Length == 0)
            return 0;
        var heap = t_best ??= new BestRows();
        heap.Begin(best.Length);
        var words = allowed.Words;
        var vectors = MemoryMarshal.Cast<float, Vector256<float>>(scores);
        var item = 0;
        for (var v = 0; v + 1 < vectors.Length; v += 2, item += Step)
        {
            var floor = Vector256.Create(MathF.Max(above, heap.Floor));
            var higher = Vector256.GreaterThan(vectors[v], floor).ExtractMostSignificantBits()
                | Vector256.GreaterThan(vectors[v + 1], floor).ExtractMostSignificantBits() << (Step / 2);
            if (higher == 0)
                continue;
            for (var bits = higher & (uint)(words[item >> 6] >> (item & 63)); bits != 0; bits &= bits - 1)
                Offer(heap, scores, item + BitOperations.TrailingZeroCount(bits), above);
        }

        for (; item < scores.Length; item++)
            if (allowed[item])
                Offer(heap, scores, item, above);
        return heap.Take(best);
    }

    private static void Offer(BestRows heap, ReadOnlySpan<float> scores, int item, float above)
    {
        // Items come by rising position, so that one which only equals the worst is not better.
        if (scores[item] > MathF.Max(above, heap.Floor))
            heap.Offer(scores[item], item);
    }
}
