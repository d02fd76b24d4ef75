using System.Collections.Concurrent;
using Splitrail.CandidateSvc.Lists;
using Splitrail.CandidateSvc.Search.Querying;
using Splitrail.CandidateSvc.Search.Text;
using Splitrail.CandidateSvc.Search.Vectors;
using Splitrail.CandidateSvc.Serving;
using Splitrail.Contracts;

namespace Splitrail.CandidateSvc.Search;

/// <summary>
/// Answers searches. What matches has all of the query's words, or, when nothing has, the most of them; BM25 and vectors order it; what is like it follows where
/// that leaves room; when nothing matches at all, popular items stand in and are marked as such. Safe for concurrent queries, each with a scratch of the pool.
/// </summary>
internal sealed class Searcher(ITextAnalyzer analyzer, Synonyms synonyms)
{
    /// <summary>Items before a page and on it, together.</summary>
    public const int MostItems = 2000;

    private readonly QueryPlanner _planner = new(analyzer, synonyms);
    private readonly ConcurrentBag<SearchScratch> _pool = [];
    private readonly PopularityColumn _popularity = new();

    /// <param name="request">What is asked; its counts are clamped.</param>
    /// <param name="view">The catalogue.</param>
    /// <param name="state">The model; null while there is none.</param>
    public SearchResponse Search(SearchRequest request, SearchView view, ServingState? state)
    {
        var filters = request.Filters ?? ItemFilters.Default;
        return With(view, filters, scratch => Search(request, view, state, scratch, filters));
    }

    /// <summary>Lends a scratch whose masks are those of the filters.</summary>
    public T With<T>(SearchView view, ItemFilters filters, Func<SearchScratch, T> use)
    {
        if (!_pool.TryTake(out var scratch))
            scratch = new SearchScratch();
        scratch.Begin(view);
        Restrict(scratch, view, filters);
        var made = use(scratch);
        _pool.Add(scratch);
        return made;
    }

    private SearchResponse Search(SearchRequest request, SearchView view, ServingState? state, SearchScratch scratch, ItemFilters filters)
    {
        var offset = Math.Clamp(request.Offset, 0, MostItems - 1);
        var count = Math.Clamp(request.Count, 1, MostItems - offset);
        scratch.Words.Read(request.Query ?? "", analyzer);
        var filled = Score(view, scratch, request.Complete);
        // Where the filters leave nothing, the facets still say what other values of them would show.
        var needed = filled > 0 ? filled : scratch.MostFilled;
        var total = needed == 0
            ? 0
            : HitSelection.Select(scratch, view, needed, Math.Max(offset + count, ContentOrder.Depth), _popularity.For(view, state));
        var meant = DidYouMean.Of(view, scratch);
        if (total > 0)
            Order(request, view, state, scratch, new Page(offset, count, total, filled), filters);
        var items = total > 0 ? Items(view, scratch, offset, count) : Popular(state, offset, count, filters);
        return new SearchResponse(
            Outcomes.Found, state?.Version, items, total, total > 0 && filled == scratch.Plan.Needed, meant, request.Facets ? FacetCounts.Of(scratch, view) : null);
    }

    /// <returns>The most slots an item fills; 0 when nothing matches.</returns>
    private int Score(SearchView view, SearchScratch scratch, bool mayComplete)
    {
        _planner.Plan(view, scratch, mayComplete, widely: false);
        var filled = Scorer.Score(view, scratch);
        if (filled == scratch.Plan.Needed)
            return filled;
        _planner.Plan(view, scratch, mayComplete, widely: true);
        return Scorer.Score(view, scratch);
    }

    private static void Restrict(SearchScratch scratch, SearchView view, ItemFilters filters)
    {
        view.Columns.Shown(filters.InStockOnly, scratch.Shown);
        view.Columns.InCategories(filters.Categories, scratch.InCategory);
        view.Columns.BetweenPrices(filters.MinPrice, filters.MaxPrice, scratch.InPrice);
        foreach (var excluded in filters.ExcludeItems ?? [])
            if (view.Find(excluded) is >= 0 and var at)
                scratch.Shown[at >> 6] &= ~(1UL << (at & 63));
    }

    private static void Order(SearchRequest request, SearchView view, ServingState? state, SearchScratch scratch, Page page, ItemFilters filters)
    {
        IContentSpace space = state?.Embeddings is { } embeddings ? new EmbeddedItems(view, embeddings, filters) : new TextSpace(view);
        var hasCentre = ContentOrder.Apply(scratch, space);
        if (state is not null && (request.Context is not null || request.SessionItems is { Count: > 0 }))
            PersonalOrder.Apply(scratch, view, request, state);
        if (hasCentre && page.Total < page.Offset + page.Count)
            RelatedItems.Append(scratch, space, page.Filled, page.Offset + page.Count - page.Total);
    }

    private static FoundItem[] Items(SearchView view, SearchScratch scratch, int offset, int count)
    {
        var items = new FoundItem[Math.Clamp(scratch.Hits.Count - offset, 0, count)];
        for (var i = 0; i < items.Length; i++)
        {
            var hit = scratch.Hits[offset + i];
            items[i] = new FoundItem(view.ItemAt(hit.At).ItemId, hit.Score, hit.Match);
        }

        return items;
    }

    private static FoundItem[] Popular(ServingState? state, int offset, int count, ItemFilters filters) => state is null
        ? []
        : [.. PopularItems.Of(state, offset + count, filters).Skip(offset).Select(static item => new FoundItem(item.ItemId, item.Score, SearchMatches.Popular))];

    private readonly record struct Page(int Offset, int Count, int Total, int Filled);
}
