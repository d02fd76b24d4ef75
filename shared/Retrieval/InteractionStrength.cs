namespace Splitrail.Retrieval;

/// <summary>
/// How much an interaction counts in the retrieval models, in training and in fold-in alike. Summed weights saturate at one purchase: the
/// matrix is then binary for purchases and ratings, which measured better than counts, and views still count for less.
/// </summary>
public static class InteractionStrength
{
    /// <summary>An item named by the session itself.</summary>
    public const float OfSessionItem = 1f;

    /// <param name="summedWeight">Sum of <see cref="Datasets.EventWeights"/> over the user's events with the item.</param>
    public static float Of(float summedWeight) => Math.Clamp(summedWeight, 0f, 1f);
}
