namespace Splitrail.RankingSvc.ReRankers;

/// <summary>
/// Maximal marginal relevance (Carbonell and Goldstein 1998): the next item is the one with the greatest (1 - w) relevance - w redundancy.
/// </summary>
/// <remarks>
/// Relevance is the score as a part of the best one, so that it does not depend on how long the list is. Redundancy is 1 - Π (1 - 0.15 likeness) over what was chosen before, where the paper has the
/// greatest likeness: with likeness by category that would be 1 from the second item on, and a third bag would cost no more than a second. <c>./bench ranker-quality</c> measures what it gains.
/// </remarks>
internal static class Mmr
{
    /// <summary>What stands further down is not chosen from: it is too far from the best to come first by being different.</summary>
    private const int Deepest = 500;

    private const float Repetition = 0.15f;

    /// <summary>Greedy: O(wanted x order) likenesses. Allocates nothing.</summary>
    /// <param name="order">Places by falling score; its first <paramref name="wanted"/> are chosen anew, the others keep their order.</param>
    /// <param name="wanted">How many to choose.</param>
    /// <param name="scores">By place.</param>
    /// <param name="likeness">Of two places.</param>
    /// <param name="weight">w, 0..1.</param>
    /// <param name="novelty">[places], room for what is left of an item's novelty.</param>
    public static void Choose<TLikeness>(Span<int> order, int wanted, ReadOnlySpan<float> scores, TLikeness likeness, float weight, Span<float> novelty)
        where TLikeness : ILikeness, allows ref struct
    {
        var pool = order[..Math.Min(order.Length, Math.Max(wanted, Deepest))];
        if (pool.Length < 2)
            return;
        var floor = Math.Min(0, scores[pool[^1]]);
        var scale = scores[pool[0]] > floor ? (1 - weight) / (scores[pool[0]] - floor) : 0f;
        novelty.Fill(1f);
        for (var rank = 0; rank < wanted; rank++)
        {
            if (rank > 0)
                Wear(pool[rank..], pool[rank - 1], likeness, novelty);
            var next = rank + Best(pool[rank..], scores, scale, novelty, weight);
            var place = pool[next];
            pool[rank..next].CopyTo(pool[(rank + 1)..]);
            pool[rank] = place;
        }
    }

    private static int Best(ReadOnlySpan<int> rest, ReadOnlySpan<float> scores, float scale, ReadOnlySpan<float> novelty, float weight)
    {
        var (best, value) = (0, float.NegativeInfinity);
        for (var at = 0; at < rest.Length; at++)
        {
            // The same for all, and so left out: scale times the floor, and the weight of a redundancy of 1.
            var gain = (scale * scores[rest[at]]) + (weight * novelty[rest[at]]);
            if (gain > value)
                (best, value) = (at, gain);
        }

        return best;
    }

    private static void Wear<TLikeness>(ReadOnlySpan<int> rest, int chosen, TLikeness likeness, Span<float> novelty)
        where TLikeness : ILikeness, allows ref struct
    {
        foreach (var place in rest)
            novelty[place] *= 1 - (Repetition * likeness.Of(place, chosen));
    }
}
