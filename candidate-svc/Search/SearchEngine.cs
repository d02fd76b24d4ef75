using Splitrail.CandidateSvc.Search.Columns;
using Splitrail.CandidateSvc.Search.Indexing;
using Splitrail.CandidateSvc.Search.Text;
using Splitrail.Contracts;
using Splitrail.Feeds;

namespace Splitrail.CandidateSvc.Search;

/// <summary>
/// Makes a <see cref="SearchView"/> of each version of the catalogue from the one before. A changed price or stock costs a copy of the columns; new or
/// changed texts also make the small segment anew; when that has grown, the large one is built again by <see cref="Rebuild"/>, beside all this. Called by one
/// thread, but for <see cref="Rebuild"/>.
/// </summary>
internal sealed class SearchEngine(ITextAnalyzer analyzer)
{
    /// <summary>The small segment is made anew at each change of a text, so it is kept small.</summary>
    private const int LeastRebuilt = 500;
    private const int RebuiltShare = 50;

    private SearchView? _view;

    /// <summary>What came or changed its texts since the large segment was built.</summary>
    private readonly SortedDictionary<string, CatalogItem> _recent = new(StringComparer.Ordinal);

    /// <summary>Whether the small segment is large enough for <see cref="Rebuild"/>.</summary>
    public bool WantsRebuild => _view is { } view && _recent.Count > Math.Max(LeastRebuilt, view.Main.Count / RebuiltShare);

    public SearchView Apply(Catalog catalog)
    {
        if (_view is null)
            return Adopt(Rebuild(catalog), catalog);
        if (catalog.Changes is { } changes && catalog.PreviousVersion == _view.Version)
            return Apply(catalog.Version, changes, []);
        var gone = _view.Main.Items.Concat(_view.Recent.Items).Where(item => catalog.Find(item.ItemId) is null);
        return Apply(catalog.Version, catalog.Items.Values, [.. gone.Select(static item => item.ItemId)]);
    }

    /// <summary>The large segment of a catalogue: seconds for a million items. Safe beside all other calls.</summary>
    public SearchSegment Rebuild(Catalog catalog) => SegmentBuilder.Build(
        [.. catalog.Items.Values.Where(static item => !item.Hidden).OrderBy(static item => item.ItemId, StringComparer.Ordinal)], analyzer);

    /// <summary>Puts a rebuilt segment in the place of both; what changed since its catalogue is small again.</summary>
    public SearchView Adopt(SearchSegment main, Catalog catalog)
    {
        _recent.Clear();
        var columns = new ItemColumns(ItemColumns.WordsFor(main.Count) * 64);
        for (var at = 0; at < main.Count; at++)
            if (catalog.Find(main.Items[at].ItemId) is { } now)
                columns.Set(at, now);
        _view = new SearchView(catalog.Version, main, SegmentBuilder.Build([], analyzer, main), columns);
        return Apply(catalog.Version, catalog.Items.Values, []);
    }

    private SearchView Apply(long version, IEnumerable<CatalogItem> changes, IReadOnlyList<string> gone)
    {
        var view = _view!;
        var columns = view.Columns.Copy(view.Count, view.Count);
        var hasNewTexts = false;
        foreach (var item in changes)
        {
            var at = view.Find(item.ItemId);
            if (at >= 0 && SameTexts(view.ItemAt(at), item))
                columns.Set(at, item);
            else if (at >= 0 || !item.Hidden)
                hasNewTexts |= TakeTexts(item);
            // The segment has the texts only; what is shown or sold of it is kept up to date for when it is made anew.
            if (_recent.ContainsKey(item.ItemId))
                _recent[item.ItemId] = item;
        }

        foreach (var id in gone)
        {
            columns.Hide(view.Find(id));
            hasNewTexts |= _recent.Remove(id);
        }

        return _view = hasNewTexts ? WithRecent(view, columns, version) : view with { Version = version, Columns = columns };
    }

    private bool TakeTexts(CatalogItem item)
    {
        _recent[item.ItemId] = item;
        return true;
    }

    private SearchView WithRecent(SearchView view, ItemColumns columns, long version)
    {
        CatalogItem[] items = [.. _recent.Values];
        var recent = SegmentBuilder.Build(items, analyzer, view.Main);
        var next = columns.Copy(view.RecentFrom, view.RecentFrom + recent.Count);
        for (var at = 0; at < items.Length; at++)
        {
            if (view.Main.Positions.TryGetValue(items[at].ItemId, out var old))
                next.Hide(old);
            next.Set(view.RecentFrom + at, items[at]);
        }

        return new SearchView(version, view.Main, recent, next);
    }

    private static bool SameTexts(CatalogItem a, CatalogItem b) =>
        ReferenceEquals(a, b) || (a.Title == b.Title && a.Category == b.Category && SameAttributes(a.Attributes, b.Attributes));

    private static bool SameAttributes(IReadOnlyDictionary<string, string>? a, IReadOnlyDictionary<string, string>? b) =>
        ReferenceEquals(a, b) || (a?.Values ?? []).SequenceEqual(b?.Values ?? []);
}
