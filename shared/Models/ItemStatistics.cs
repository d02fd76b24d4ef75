namespace Splitrail.Models;

/// <summary>
/// What is counted of every item up to one moment; causal, so it may be used to predict anything after <see cref="AsOfMs"/>.
/// Counts are sums of positive <see cref="Datasets.EventWeights"/>: a purchase is 1, a view 0.2.
/// </summary>
public sealed class ItemStatistics
{
    /// <summary>Nothing at or after this moment (Unix milliseconds) is counted.</summary>
    public required long AsOfMs { get; init; }

    public required float[] CountAll { get; init; }

    /// <summary>Over the 365 days before <see cref="AsOfMs"/>.</summary>
    public required float[] Count365 { get; init; }

    public required float[] Count90 { get; init; }

    public required float[] Count30 { get; init; }

    public required float[] Count7 { get; init; }

    /// <summary>Share of the item's ratings that were liking, shrunk to the shop's mean; 1 in a shop without ratings.</summary>
    public required float[] LikedRate { get; init; }

    /// <summary>First event of any kind; <see cref="long.MaxValue"/> when there was none yet.</summary>
    public required long[] FirstEventMs { get; init; }

    /// <summary>ln(price); NaN when unknown.</summary>
    public required float[] LogPrice { get; init; }

    /// <summary>Position in <see cref="CategoryNames"/>; -1 when unknown.</summary>
    public required int[] Category { get; init; }

    public required string[] CategoryNames { get; init; }

    /// <summary>Share of the events that were the user's second or later with that item; near 0 where nobody comes back to an item (films).</summary>
    public required float RepeatRate { get; init; }

    public int Count => CountAll.Length;

    /// <summary>Whether people come back to items at all; where not, what a user had is never offered again.</summary>
    public bool Repeats => RepeatRate >= 0.01f;
}
