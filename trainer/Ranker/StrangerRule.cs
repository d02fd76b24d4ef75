namespace Splitrail.Trainer.Ranker;

/// <summary>
/// The score of candidates for somebody of whom nothing is known: logistic in the item's popularity alone, and rising with it. Without a
/// history there is nothing to personalise by; a network that tries anyway turns the noise of a few weeks into one fixed list for every stranger.
/// </summary>
/// <param name="KnownFeature">Above 0 for everybody else.</param>
/// <param name="PopularityFeature">See <see cref="Retrieval.PopularityScores"/>.</param>
/// <param name="Slope">Above 0.</param>
/// <param name="Intercept">Logit at a popularity of 0.</param>
internal sealed record StrangerRule(int KnownFeature, int PopularityFeature, float Slope, float Intercept)
{
    public bool AppliesTo(ReadOnlySpan<float> row) => row[KnownFeature] <= 0;

    public float Logit(ReadOnlySpan<float> row) => (Slope * row[PopularityFeature]) + Intercept;

    /// <param name="rows">Candidates of strangers.</param>
    /// <param name="knownFeature">See <see cref="KnownFeature"/>.</param>
    /// <param name="popularityFeature">See <see cref="PopularityFeature"/>.</param>
    public static StrangerRule Fit(TrainingRows rows, int knownFeature, int popularityFeature)
    {
        var popularity = new float[rows.Count];
        for (var row = 0; row < popularity.Length; row++)
            popularity[row] = rows.Features[(row * rows.Width) + popularityFeature];
        var line = LogisticLine.Fit(popularity, rows.Labels, rows.Weights);
        return new StrangerRule(knownFeature, popularityFeature, line.Slope, line.Intercept);
    }
}
