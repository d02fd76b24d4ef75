using Splitrail.CandidateSvc.Search.Columns;
using Splitrail.CandidateSvc.Search.Indexing;
using Splitrail.Contracts;

namespace Splitrail.CandidateSvc.Search;

/// <summary>
/// The searchable catalogue at one version, immutable: a large segment, a small one of what came or changed its texts since that was built, and the columns
/// of both. Positions of the small one begin at <see cref="RecentFrom"/>.
/// </summary>
/// <param name="Version">The catalogue's.</param>
/// <param name="Main">The large segment; what the small one has anew, and what is gone, is not visible in it.</param>
/// <param name="Recent">The small one.</param>
/// <param name="Columns">Of both.</param>
internal sealed record SearchView(long Version, SearchSegment Main, SearchSegment Recent, ItemColumns Columns)
{
    /// <summary>A multiple of 64, so that each segment's part of a bitmap is one of its own.</summary>
    public int RecentFrom { get; } = ItemColumns.WordsFor(Main.Count) * 64;

    public int Count => RecentFrom + Recent.Count;

    /// <summary>Items with texts, shown or not.</summary>
    public int ItemCount => Main.Count + Recent.Count;

    /// <summary>Its texts; price and stock may be old.</summary>
    public CatalogItem ItemAt(int at) => at < RecentFrom ? Main.Items[at] : Recent.Items[at - RecentFrom];

    /// <returns>-1 when no text of it is known.</returns>
    public int Find(string itemId) =>
        Recent.Positions.TryGetValue(itemId, out var at) ? RecentFrom + at : Main.Positions.GetValueOrDefault(itemId, -1);

    public ReadOnlySpan<float> VectorAt(int at) => at < RecentFrom ? Main.Vectors.Rows[at] : Recent.Vectors.Rows[at - RecentFrom];
}
