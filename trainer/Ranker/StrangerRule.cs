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
    private const double MinSlope = 0.01;
    private const int Iterations = 30;

    public bool AppliesTo(ReadOnlySpan<float> row) => row[KnownFeature] <= 0;

    public float Logit(ReadOnlySpan<float> row) => (Slope * row[PopularityFeature]) + Intercept;

    /// <summary>Fits slope and intercept by Newton's method with a little ridge, which keeps separable rows finite.</summary>
    /// <param name="rows">Candidates of strangers.</param>
    /// <param name="knownFeature">See <see cref="KnownFeature"/>.</param>
    /// <param name="popularityFeature">See <see cref="PopularityFeature"/>.</param>
    public static StrangerRule Fit(TrainingRows rows, int knownFeature, int popularityFeature)
    {
        const double ridge = 1e-3;
        var (slope, intercept) = (1.0, 0.0);
        for (var i = 0; i < Iterations; i++)
        {
            var (gs, gi, ss, si, ii) = (ridge * slope, ridge * intercept, ridge, 0.0, ridge);
            for (var row = 0; row < rows.Count; row++)
            {
                var x = rows.Features[(row * rows.Width) + popularityFeature];
                var p = 1 / (1 + Math.Exp(-((slope * x) + intercept)));
                var (off, curve) = (rows.Weights[row] * (p - rows.Labels[row]), rows.Weights[row] * p * (1 - p));
                (gs, gi, ss, si, ii) = (gs + (off * x), gi + off, ss + (curve * x * x), si + (curve * x), ii + curve);
            }

            var determinant = (ss * ii) - (si * si);
            slope -= Math.Clamp(((ii * gs) - (si * gi)) / determinant, -1, 1);
            intercept -= Math.Clamp(((ss * gi) - (si * gs)) / determinant, -2, 2);
        }

        return new StrangerRule(knownFeature, popularityFeature, (float)Math.Max(slope, MinSlope), (float)intercept);
    }
}
