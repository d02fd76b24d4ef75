namespace Splitrail.Retrieval;

/// <summary>The best k of an array of scores under a bitmap: a bounded min-heap, so most items cost one comparison.</summary>
public static class TopSelection
{
    /// <summary>
    /// Fills <paramref name="best"/> with at most its length of allowed items whose score is above <paramref name="above"/>, best first
    /// (ties by position), and answers how many.
    /// </summary>
    public static int Select(ReadOnlySpan<float> scores, ItemBitmap allowed, Span<int> best, float above = float.NegativeInfinity)
    {
        if (best.Length == 0)
            return 0;
        var count = 0;
        var floor = above;
        for (var item = 0; item < scores.Length; item++)
        {
            if (!(scores[item] > floor) || !allowed[item])
                continue;
            if (count < best.Length)
            {
                best[count++] = item;
                SiftUp(scores, best, count - 1);
            }
            else
            {
                best[0] = item;
                SiftDown(scores, best, count);
            }

            if (count == best.Length)
                floor = scores[best[0]];
        }

        for (var end = count - 1; end > 0; end--)
        {
            (best[0], best[end]) = (best[end], best[0]);
            SiftDown(scores, best, end);
        }

        return count;
    }

    private static bool Worse(ReadOnlySpan<float> scores, int a, int b) => scores[a] < scores[b] || (scores[a] == scores[b] && a > b);

    private static void SiftUp(ReadOnlySpan<float> scores, Span<int> heap, int at)
    {
        while (at > 0)
        {
            var parent = (at - 1) / 2;
            if (!Worse(scores, heap[at], heap[parent]))
                return;
            (heap[at], heap[parent]) = (heap[parent], heap[at]);
            at = parent;
        }
    }

    private static void SiftDown(ReadOnlySpan<float> scores, Span<int> heap, int count)
    {
        var at = 0;
        while (true)
        {
            var child = 2 * at + 1;
            if (child >= count)
                return;
            if (child + 1 < count && Worse(scores, heap[child + 1], heap[child]))
                child++;
            if (!Worse(scores, heap[child], heap[at]))
                return;
            (heap[at], heap[child]) = (heap[child], heap[at]);
            at = child;
        }
    }
}
