namespace Splitrail.Trainer.Evaluation;

/// <summary>
/// Sums ranking metrics over users, with the definitions of Liang et al. 2018: Recall@k divides the hits by min(k, |T|), NDCG@k discounts
/// binary gains by log2(rank + 1) and divides by the best that min(k, |T|) hits can reach.
/// </summary>
internal sealed class RankingQuality(int catalogueSize)
{
    public const int NdcgAt = 10;
    public const int RecallAt = 20;
    private readonly HashSet<int> _shown = [];
    private double _ndcg;
    private double _ndcgSquares;
    private double _recall;
    private double _reciprocal;

    public int Users { get; private set; }

    public double Ndcg => _ndcg / Users;

    /// <summary>Standard error of <see cref="Ndcg"/>.</summary>
    public double NdcgError => Math.Sqrt(Math.Max(0, _ndcgSquares / Users - Ndcg * Ndcg) / Users);

    public double Recall => _recall / Users;

    /// <summary>Mean reciprocal rank of the first hit within the list given.</summary>
    public double ReciprocalRank => _reciprocal / Users;

    /// <summary>Share of the catalogue that was in at least one user's first <see cref="RecallAt"/>.</summary>
    public double Coverage => _shown.Count / (double)catalogueSize;

    /// <param name="ranked">Best first, distinct; at least <see cref="RecallAt"/> items when there are so many.</param>
    /// <param name="wanted">What the user took; not empty.</param>
    public void Add(ReadOnlySpan<int> ranked, IReadOnlySet<int> wanted)
    {
        var (gain, hits, first) = (0.0, 0, 0);
        for (var rank = 0; rank < ranked.Length; rank++)
        {
            if (rank < RecallAt)
                _shown.Add(ranked[rank]);
            if (!wanted.Contains(ranked[rank]))
                continue;
            if (first == 0)
                first = rank + 1;
            if (rank < RecallAt)
                hits++;
            if (rank < NdcgAt)
                gain += 1 / Math.Log2(rank + 2);
        }

        var ndcg = gain / Ideal(Math.Min(NdcgAt, wanted.Count));
        _ndcg += ndcg;
        _ndcgSquares += ndcg * ndcg;
        _recall += hits / (double)Math.Min(RecallAt, wanted.Count);
        _reciprocal += first > 0 ? 1.0 / first : 0;
        Users++;
    }

    private static double Ideal(int hits)
    {
        var sum = 0.0;
        for (var rank = 0; rank < hits; rank++)
            sum += 1 / Math.Log2(rank + 2);
        return sum;
    }
}
