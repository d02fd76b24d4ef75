namespace Splitrail.CandidateSvc.Search.Querying;

/// <summary>What a match is worth that is not of the word as typed, 1.</summary>
internal static class MatchWeights
{
    /// <summary>A synonym.</summary>
    public const float Synonym = 0.8f;

    /// <summary>Two words that were one, or one that was two.</summary>
    public const float Compound = 0.85f;

    /// <summary>A word that is known as it was typed is seldom another one.</summary>
    private const float KnownWord = 0.5f;

    /// <summary>What was typed is the beginning of a longer word.</summary>
    public static float Completion(int typed, int length) => 0.55f + 0.25f * typed / length;

    /// <summary>What was typed is a mistake away from the word.</summary>
    public static float Respelling(int distance, bool sameFirstLetter, bool isKnown) =>
        (distance <= 1 ? 0.75f : 0.5f) * (sameFirstLetter ? 1 : 0.85f) * (isKnown ? KnownWord : 1);
}
