using Splitrail.Policies;

namespace Splitrail.Retrieval;

/// <summary>A named mix of candidate sources: how many each proposes and how their scores are blended.</summary>
/// <param name="Name">As in an arm's parameters.</param>
/// <param name="Quotas">Sources and how many candidates each proposes; at most 32.</param>
/// <param name="Cold">Blend for no history at all.</param>
/// <param name="Warm">Blend from <see cref="WarmFrom"/> items of history on; in between it moves evenly.</param>
public sealed record Mix(string Name, IReadOnlyList<SourceQuota> Quotas, BlendWeights Cold, BlendWeights Warm) : INamedPolicy
{
    public const int WarmFrom = 10;
    private readonly int _total = Quotas.Sum(static quota => quota.Quota);

    /// <summary>How many a source proposes to a request for so many: its quota, and its part of what the quotas together fall short.</summary>
    public int QuotaFor(int source, int count) =>
        count <= _total ? Quotas[source].Quota : (int)Math.Ceiling(Quotas[source].Quota * (double)count / _total);

    /// <summary>Weights for a history of so many items.</summary>
    public BlendWeights BlendFor(int historyItems) =>
        BlendWeights.Between(Cold, Warm, Math.Min(1f, historyItems / (float)WarmFrom));
}

/// <param name="Source">Name of the source.</param>
/// <param name="Quota">At most so many candidates from it.</param>
public sealed record SourceQuota(string Source, int Quota);

/// <summary>
/// Factors of the scores in the blend. Als, ease and item-knn scores are about 0..1; popularity is ln(1 + share x 10,000) in units of a good
/// item-to-item score of the model; content is a cosine.
/// </summary>
public readonly record struct BlendWeights(float Als, float Ease, float ItemKnn, float Popularity, float Content = 0f)
{
    /// <summary>The weights with that of one source replaced; null when the source has none.</summary>
    public static BlendWeights? With(BlendWeights weights, string source, float weight) => source switch
    {
        CandidateSources.Als => weights with { Als = weight },
        CandidateSources.ItemToItem => weights with { Ease = weight },
        CandidateSources.ItemKnn => weights with { ItemKnn = weight },
        CandidateSources.Popular => weights with { Popularity = weight },
        CandidateSources.Content => weights with { Content = weight },
        _ => null,
    };

    public static BlendWeights Between(BlendWeights from, BlendWeights to, float part) => new(
        float.Lerp(from.Als, to.Als, part),
        float.Lerp(from.Ease, to.Ease, part),
        float.Lerp(from.ItemKnn, to.ItemKnn, part),
        float.Lerp(from.Popularity, to.Popularity, part),
        float.Lerp(from.Content, to.Content, part));
}
