using Splitrail.Contracts;

namespace Splitrail.Experiments;

/// <summary>Hashes by the names of <see cref="LayerHashes"/>.</summary>
public static class SlotHashes
{
    /// <param name="name">Null is the default.</param>
    public static bool IsKnown(string? name) => name is null || LayerHashes.All.Contains(name);

    /// <summary>How many slots lie between two that units can have, rounded up: an arm is no more exact than that.</summary>
    /// <param name="name">Null is the default.</param>
    public static int GrainOf(string? name) =>
        GrowthBookHash.VersionOf(name) is { } version ? (SlotMap.Slots + GrowthBook.Buckets(version) - 1) / GrowthBook.Buckets(version) : 1;

    /// <param name="name">Null is the default.</param>
    /// <param name="seeds">One per layer.</param>
    /// <exception cref="ArgumentException">There is no such hash.</exception>
    public static ISlotHash Of(string? name, IReadOnlyList<string> seeds) => name switch
    {
        null or LayerHashes.Compatible => new CompatibleHash(seeds),
        LayerHashes.Fast => new FastHash(seeds),
        LayerHashes.GrowthBook1 => new GrowthBookHash(seeds, 1),
        LayerHashes.GrowthBook2 => new GrowthBookHash(seeds, 2),
        _ => throw new ArgumentException($"The hash is '{name}': use {string.Join(", ", LayerHashes.All)}.", nameof(name)),
    };
}
