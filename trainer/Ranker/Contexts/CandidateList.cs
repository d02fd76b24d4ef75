using System.Numerics.Tensors;

namespace Splitrail.Trainer.Ranker.Contexts;

/// <summary>A context's candidates with their features and what was wanted, to rank and to judge.</summary>
/// <param name="Items">Positions in the model, in the candidates' own order.</param>
/// <param name="Features">Row-major, by item.</param>
/// <param name="Wanted">All that was wanted; what is no candidate has no chance.</param>
internal sealed record CandidateList(int[] Items, float[] Features, IReadOnlySet<int> Wanted)
{
    /// <summary>Best first; ties in the candidates' own order.</summary>
    public int[] RankedBy(RankerModel ranker)
    {
        var scores = Scores(ranker);
        TensorPrimitives.Negate<float>(scores, scores);
        return [.. Items.Zip(scores).OrderBy(static pair => pair.Second).Select(static pair => pair.First)];
    }

    public float[] Scores(RankerModel ranker)
    {
        var scores = new float[Items.Length];
        ranker.Score(Features, scores);
        return scores;
    }
}
