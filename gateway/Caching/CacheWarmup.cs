using Splitrail.Contracts;
using Splitrail.Gateway.Lists;
using Splitrail.Gateway.PopularList;

namespace Splitrail.Gateway.Caching;

/// <summary>Asks for what every guest asks for: the popular list, of the whole shop and of its largest categories.</summary>
internal sealed class CacheWarmup(
    PopularRefresh popular, ItemLists lists, ListCache cache, Feeds.CatalogFeed catalog, GatewayOptions options, TimeProvider time)
{
    private const int MaxCategories = 20;
    private const string Caller = "cache-warmup";

    private long _lastRun;

    public async Task<WarmedUp> RunAsync(bool force, CancellationToken cancellationToken)
    {
        var last = Interlocked.Read(ref _lastRun);
        if (!force && last != 0 && time.GetElapsedTime(last) < options.ResponseCacheTtl)
            return new WarmedUp(true, popular.Held, cache.Statistics().Size);
        Interlocked.Exchange(ref _lastRun, time.GetTimestamp());
        var items = await popular.RefreshAsync(cancellationToken);
        await lists.PopularAsync(new ListQuery(ListQuery.DefaultItems, Shown(null)), Caller);
        foreach (var category in LargestCategories())
            await lists.PopularAsync(new ListQuery(ListQuery.DefaultItems, Shown(category)), Caller);
        return new WarmedUp(false, items, cache.Statistics().Size);
    }

    private static ItemFilters Shown(string? category) => new(category is null ? null : [category], ExcludeBoughtDays: 0);

    private IEnumerable<string> LargestCategories() => catalog.Current.Items.Values
        .Where(static item => !item.Hidden && item.Category.Length > 0)
        .CountBy(static item => item.Category)
        .OrderByDescending(static category => category.Value)
        .ThenBy(static category => category.Key, StringComparer.Ordinal)
        .Take(MaxCategories)
        .Select(static category => category.Key);
}
