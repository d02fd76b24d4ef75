using Splitrail.Contracts;
using Splitrail.Gateway.Lists;

namespace Splitrail.Gateway.Caching;

/// <summary>
/// Lists that are the same for everyone who asks the same: guests without any history, popular, similar, search. They are kept before the filters
/// of serving, which apply to every answer anew, and without arms: those belong to who asks.
/// </summary>
internal sealed class ListCache(GatewayOptions options, TimeProvider time, GatewayMetrics metrics)
{
    private readonly ExpiringCache<ListKey, RankedList> _lists = new("lists", options.ResponseCacheSize, options.ResponseCacheTtl, time, metrics);

    public bool IsOn => _lists.IsOn;

    public RankedList? Find(ListKey key) => _lists.Find(key);

    public void Set(ListKey key, RankedList list) => _lists.Set(key, list);

    public int Clear() => _lists.Clear();

    public CacheStatistics Statistics() => _lists.Statistics();
}

/// <summary>All that a list depends on.</summary>
/// <param name="Snapshot">Version of the control snapshot: an edit of it reaches every answer at once.</param>
/// <param name="Kind">What was asked.</param>
/// <param name="Text">Item, query, or nothing.</param>
/// <param name="Mix">Of the arm.</param>
/// <param name="Ranker">Of the arm.</param>
/// <param name="Filters">As <see cref="FilterKey"/> writes them.</param>
/// <param name="Count">How many were asked for.</param>
/// <param name="Lineup">The models that were asked for; null where none are named.</param>
/// <param name="ReRanker">Of the arm.</param>
/// <param name="ReRank">Of the arm.</param>
/// <param name="Rules">Business rules that hold.</param>
internal readonly record struct ListKey(
    long Snapshot,
    string Kind,
    string? Text,
    string? Mix,
    string? Ranker,
    string Filters,
    int Count,
    ModelLineup? Lineup = null,
    string? ReRanker = null,
    ReRankOptions? ReRank = null,
    string? Rules = null);
