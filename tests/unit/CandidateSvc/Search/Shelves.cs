using System.Collections.Frozen;
using Splitrail.CandidateSvc.Search;
using Splitrail.CandidateSvc.Search.Querying;
using Splitrail.CandidateSvc.Search.Text;
using Splitrail.Contracts;
using Splitrail.Feeds;

namespace Splitrail.Tests.Unit.CandidateSvc.Search;

/// <summary>A searchable catalogue of a test, without a service around it.</summary>
internal sealed class Shelves
{
    private readonly SearchEngine _engine;
    private readonly Searcher _searcher;
    private Catalog _catalog;

    public Shelves(IEnumerable<CatalogItem> items, string analyzer = Analyzers.English, Synonyms? synonyms = null)
    {
        _engine = new SearchEngine(Analyzers.Table.Get(analyzer));
        _searcher = new Searcher(Analyzers.Table.Get(analyzer), synonyms ?? Synonyms.None);
        _catalog = Of(1, items);
        View = _engine.Apply(_catalog);
    }

    public SearchView View { get; private set; }

    public SearchEngine Engine => _engine;

    public Catalog Catalog => _catalog;

    public static Catalog Of(long version, IEnumerable<CatalogItem> items) => new(version, items.ToFrozenDictionary(static item => item.ItemId, StringComparer.Ordinal));

    /// <summary>As the feed brings it: what changed, and the rest as it was.</summary>
    public void Change(params CatalogItem[] items)
    {
        var all = new Dictionary<string, CatalogItem>(_catalog.Items, StringComparer.Ordinal);
        foreach (var item in items)
            all[item.ItemId] = item;
        _catalog = new Catalog(_catalog.Version + 1, all.ToFrozenDictionary(StringComparer.Ordinal), _catalog.Version, items);
        View = _engine.Apply(_catalog);
    }

    /// <summary>As the feed brings it after a restart: all items anew, and what is not among them is gone.</summary>
    public void Replace(IEnumerable<CatalogItem> items) => View = _engine.Apply(_catalog = Of(_catalog.Version + 1, items));

    public void Adopt(Splitrail.CandidateSvc.Search.Indexing.SearchSegment main) => View = _engine.Adopt(main, _catalog);

    public SearchResponse Search(string query, ItemFilters? filters = null, int count = 10, int offset = 0, bool facets = false, bool complete = true) =>
        _searcher.Search(new SearchRequest(query, count, filters ?? ItemFilters.Default, offset, facets, complete), View, null);

    public string[] Found(string query, ItemFilters? filters = null, int count = 10) =>
        [.. Search(query, filters, count).Items.Where(static item => item.Match == SearchMatches.Words).Select(static item => item.ItemId)];
}
