namespace Splitrail.Retrieval;

/// <summary>Turns the pool of a request into a <see cref="CandidateSet"/>: blend, order, cut, signals.</summary>
internal static class CandidateAssembly
{
    public static CandidateSet Assemble(RetrievalScratch scratch, BlendWeights blend, int count)
    {
        var pool = scratch.Pool.ToArray();
        var keys = new float[pool.Length];
        var alsRanks = Ranks(scratch.Als, pool, keys);
        var easeRanks = Ranks(scratch.Ease, pool, keys);
        for (var c = 0; c < pool.Length; c++)
            keys[c] = Blend(scratch, blend, pool[c]);
        var order = Order(keys, pool);
        var kept = Math.Min(count, pool.Length);
        var set = new CandidateSet
        {
            Items = new int[kept],
            Scores = new float[kept],
            Signals = new float[kept * SignalNames.All.Count],
            Sources = new uint[kept],
        };
        for (var c = 0; c < kept; c++)
        {
            var item = pool[order[c]];
            set.Items[c] = item;
            set.Scores[c] = keys[order[c]];
            set.Sources[c] = scratch.MaskOf(item);
            ReadOnlySpan<float> signals = [scratch.Als[item], scratch.Ease[item], scratch.ItemKnn[item], alsRanks[order[c]], easeRanks[order[c]]];
            signals.CopyTo(set.Signals.AsSpan(c * signals.Length));
        }

        return set;
    }

    private static float Blend(RetrievalScratch scratch, BlendWeights blend, int item) =>
        blend.Als * scratch.Als[item]
        + blend.Ease * scratch.Ease[item]
        + blend.ItemKnn * scratch.ItemKnn[item]
        + blend.Popularity * scratch.Popularity[item];

    private static float[] Ranks(float[] scores, int[] pool, float[] keys)
    {
        for (var c = 0; c < pool.Length; c++)
            keys[c] = scores[pool[c]];
        var order = Order(keys, pool);
        var ranks = new float[pool.Length];
        for (var rank = 0; rank < order.Length; rank++)
            ranks[order[rank]] = keys[order[rank]] != 0f ? rank + 1 : SignalNames.NoRank;
        return ranks;
    }

    /// <summary>Positions of the pool by falling key, ties in order of proposal. Key and position are packed into one number that sorts without a comparer.</summary>
    private static int[] Order(float[] keys, int[] pool)
    {
        var packed = new ulong[pool.Length];
        for (var c = 0; c < packed.Length; c++)
            packed[c] = (ulong)~Ascending(keys[c]) << 32 | (uint)c;
        packed.AsSpan().Sort();
        var order = new int[pool.Length];
        for (var c = 0; c < order.Length; c++)
            order[c] = (int)(uint)packed[c];
        return order;
    }

    /// <summary>Bits of a float as an unsigned number of the same order.</summary>
    private static uint Ascending(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return (bits & 0x8000_0000) != 0 ? ~bits : bits | 0x8000_0000;
    }
}
