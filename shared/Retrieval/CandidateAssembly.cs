using System.Runtime.InteropServices;

namespace Splitrail.Retrieval;

/// <summary>Turns the pool of a request into candidates: blend, order, cut, signals. Reused between requests.</summary>
internal sealed class CandidateAssembly
{
    private readonly RadixOrder _radix = new();
    private float[] _keys = [];
    private float[] _alsRanks = [];
    private float[] _easeRanks = [];
    private ulong[] _packed = [];

    public void Assemble(RetrievalScratch scratch, BlendWeights blend, int count, CandidateBuffer into)
    {
        var pool = CollectionsMarshal.AsSpan(scratch.Pool);
        Grow(pool.Length);
        Rank(scratch.Als, pool, _alsRanks);
        Rank(scratch.Ease, pool, _easeRanks);
        for (var c = 0; c < pool.Length; c++)
            _keys[c] = Blend(scratch, blend, pool[c]);
        Order(pool.Length);
        into.Begin(Math.Min(count, pool.Length));
        for (var c = 0; c < into.Count; c++)
        {
            var at = (int)(uint)_packed[c];
            var item = pool[at];
            into.Set(c, item, _keys[at], scratch.MaskOf(item));
            ReadOnlySpan<float> signals = [scratch.Als[item], scratch.Ease[item], scratch.ItemKnn[item], _alsRanks[at], _easeRanks[at]];
            signals.CopyTo(into.SignalsOf(c));
        }
    }

    private static float Blend(RetrievalScratch scratch, BlendWeights blend, int item) =>
        blend.Als * scratch.Als[item]
        + blend.Ease * scratch.Ease[item]
        + blend.ItemKnn * scratch.ItemKnn[item]
        + blend.Popularity * scratch.Popularity[item]
        + blend.Content * scratch.Content[item];

    private void Rank(float[] scores, ReadOnlySpan<int> pool, float[] ranks)
    {
        for (var c = 0; c < pool.Length; c++)
            _keys[c] = scores[pool[c]];
        Order(pool.Length);
        for (var rank = 0; rank < pool.Length; rank++)
        {
            var at = (int)(uint)_packed[rank];
            ranks[at] = _keys[at] != 0f ? rank + 1 : SignalNames.NoRank;
        }
    }

    /// <summary>Positions of the pool by falling key, ties in order of proposal. Key and position are packed into one number that sorts without a comparer.</summary>
    private void Order(int count)
    {
        var packed = _packed.AsSpan(0, count);
        for (var c = 0; c < packed.Length; c++)
            packed[c] = (ulong)~Ascending(_keys[c]) << 32 | (uint)c;
        _radix.Sort(packed);
    }

    /// <summary>Bits of a float as an unsigned number of the same order.</summary>
    private static uint Ascending(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return (bits & 0x8000_0000) != 0 ? ~bits : bits | 0x8000_0000;
    }

    private void Grow(int count)
    {
        if (_keys.Length >= count)
            return;
        _keys = new float[count * 2];
        _alsRanks = new float[count * 2];
        _easeRanks = new float[count * 2];
        _packed = new ulong[count * 2];
    }
}
