namespace Splitrail.Retrieval;

/// <summary>The signals every candidate carries, whatever source proposed it, in this order.</summary>
public static class SignalNames
{
    /// <summary>Score of the folded-in factorisation, about 0..1; 0 without a history.</summary>
    public const string Als = "als";

    /// <summary>Score by EASE (by the neighbours where there is no EASE), about 0..1; 0 without a history.</summary>
    public const string Ease = "ease";

    /// <summary>Summed neighbour similarity; 0 without a history.</summary>
    public const string ItemKnn = "item_knn";

    /// <summary>1-based rank by <see cref="Als"/> among the candidates proposed; <see cref="NoRank"/> when the score is 0.</summary>
    public const string AlsRank = "als_rank";

    /// <summary>1-based rank by <see cref="Ease"/> among the candidates proposed; <see cref="NoRank"/> when the score is 0.</summary>
    public const string EaseRank = "ease_rank";

    public const float NoRank = 1000f;

    /// <summary>How many there are.</summary>
    public const int Count = 5;

    public static IReadOnlyList<string> All { get; } = [Als, Ease, ItemKnn, AlsRank, EaseRank];
}
