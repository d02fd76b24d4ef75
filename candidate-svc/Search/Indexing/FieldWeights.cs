namespace Splitrail.CandidateSvc.Search.Indexing;

/// <summary>
/// BM25 over weighted fields (BM25F: Robertson, Zaragoza and Taylor 2004; Robertson and Zaragoza 2009, section 3.6): counts are divided by the field's
/// length norm, weighted and summed, and the sum saturates once, so that a word is not worth twice as much for standing in two fields.
/// </summary>
internal static class FieldWeights
{
    public const int Fields = 4;

    private const float K1 = 1.2f;
    private static readonly float[] s_weights = [3f, 1f, 1f, 3f];
    private static readonly float[] s_dilution = [0.75f, 0f, 0.5f, 0f];

    /// <summary>What a word's counts in an item are worth, times the word's rarity: 0 to K1 + 1.</summary>
    /// <param name="counts">How often it stands in each field.</param>
    /// <param name="lengths">Words in each field of the item.</param>
    /// <param name="means">The mean of these over the catalogue.</param>
    public static float Impact(FieldCounts counts, FieldCounts lengths, FieldMeans means)
    {
        var sum = 0f;
        for (var field = 0; field < Fields; field++)
        {
            if (counts[field] == 0)
                continue;
            var norm = 1 - s_dilution[field] + s_dilution[field] * lengths[field] / MathF.Max(means[field], 1e-3f);
            sum += s_weights[field] * counts[field] / norm;
        }

        return sum * (K1 + 1) / (K1 + sum);
    }

    /// <summary>Rarity of a word that <paramref name="having"/> of <paramref name="items"/> items have; always above 0.</summary>
    public static float Rarity(int having, int items) => MathF.Log(1 + (Math.Max(0, items - having) + 0.5f) / (having + 0.5f));
}

/// <summary>A count for each field, capped at 255.</summary>
[System.Runtime.CompilerServices.InlineArray(FieldWeights.Fields)]
internal struct FieldCounts
{
    private byte _first;

    public void Add(ItemField field)
    {
        if (this[(int)field] < byte.MaxValue)
            this[(int)field]++;
    }
}

/// <summary>A mean for each field.</summary>
[System.Runtime.CompilerServices.InlineArray(FieldWeights.Fields)]
internal struct FieldMeans
{
    private float _first;
}
