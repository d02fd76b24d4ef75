using System.Runtime.CompilerServices;
using System.Text;
using Splitrail.Contracts;

namespace Splitrail.Experiments;

/// <summary>
/// GrowthBook's buckets as slots: bucket b of n lies at slot ⌊2^20 · b / n⌋. The layer's seed is that of the one experiment in it, and its slot map
/// is that of <see cref="MapOf"/>. Allocates nothing for units of up to 256 bytes.
/// </summary>
/// <param name="seeds">One per layer.</param>
/// <param name="version">1 or 2.</param>
public sealed class GrowthBookHash(IReadOnlyList<string> seeds, int version) : ISlotHash
{
    private const int OnStack = 256;

    private readonly string[] _seeds = [.. seeds];

    [SkipLocalsInit]
    public void Slots(ReadOnlySpan<byte> unit, Span<int> slots)
    {
        var text = unit.Length <= OnStack ? stackalloc char[OnStack] : new char[unit.Length];
        var length = Encoding.UTF8.GetChars(unit, text);
        for (var i = 0; i < _seeds.Length; i++)
            slots[i] = SlotOf(GrowthBook.Bucket(_seeds[i], text[..length], version), version);
    }

    /// <returns>1 or 2 for the names of <see cref="LayerHashes"/>; null for other hashes.</returns>
    public static int? VersionOf(string? name) => name switch
    {
        LayerHashes.GrowthBook1 => 1,
        LayerHashes.GrowthBook2 => 2,
        _ => null,
    };

    /// <summary>The slot map that gives every user the variation he has.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="arms">In the order of the variations.</param>
    /// <param name="ranges">See <see cref="GrowthBook.BucketRanges"/>.</param>
    /// <param name="version">1 or 2.</param>
    public static IReadOnlyList<SlotRange> MapOf(
        string experiment, IReadOnlyList<string> arms, IReadOnlyList<(double From, double To)> ranges, int version) =>
        SlotMap.Join(arms.Select((arm, i) => new SlotRange(Border(ranges[i].From, version), Border(ranges[i].To, version), experiment, arm)));

    /// <summary>The slot of the first bucket that is not below the bound, compared as GrowthBook compares: as a quotient of doubles.</summary>
    private static int Border(double bound, int version)
    {
        var buckets = GrowthBook.Buckets(version);
        var first = Math.Clamp((int)(bound * buckets) - 1, 0, buckets);
        while (first < buckets && first / (double)buckets < bound)
            first++;
        return SlotOf(first, version);
    }

    private static int SlotOf(int bucket, int version) => (int)((long)bucket * SlotMap.Slots / GrowthBook.Buckets(version));
}
