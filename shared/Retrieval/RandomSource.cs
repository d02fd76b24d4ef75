using Splitrail.Randomness;

namespace Splitrail.Retrieval;

/// <summary>Items drawn evenly from those allowed. The draw is a hash of the request's time and newest item, hence the same for the same request.</summary>
internal sealed class RandomSource : ICandidateSource
{
    private const int DrawsPerItem = 20;

    public string Name => CandidateSources.Random;

    public void Propose(RetrievalScratch scratch, RetrievalQuery query, int quota)
    {
        var seed = SplitMix64.Mix((ulong)query.NowMs + (query.Items.Count > 0 ? (ulong)query.Items[0] << 44 : 0));
        var left = quota;
        for (var draw = 0UL; draw < (ulong)quota * DrawsPerItem && left > 0; draw++)
        {
            var item = (int)Math.BigMul(SplitMix64.Mix(seed + draw), (ulong)query.Allowed.Count, out _);
            if (!query.Allowed[item])
                continue;
            scratch.Propose(item);
            left--;
        }
    }
}
