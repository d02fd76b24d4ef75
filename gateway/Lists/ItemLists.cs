using Splitrail.Contracts;
using Splitrail.Dapr;
using Splitrail.Experiments;
using Splitrail.Feeds;
using Splitrail.Gateway.Assignment;
using Splitrail.Gateway.Caching;
using Splitrail.Gateway.Inner;
using Splitrail.Gateway.PopularList;
using Splitrail.Gateway.Recommendations;

namespace Splitrail.Gateway.Lists;

/// <summary>Similar and popular: one call to candidate-svc, cached for some seconds, filtered when served.</summary>
internal sealed class ItemLists(
    InnerServices services,
    ControlPlane controlPlane,
    CatalogFeed catalogFeed,
    ListCache cache,
    PopularFallback fallback,
    GatewayOptions options,
    TimeProvider time)
{
    /// <summary>More is asked for than is shown: what went out of stock since is left out when served.</summary>
    private const int Spare = 20;

    private static readonly string[] s_similar = ["item_to_item"];

    /// <returns>Null when there is no such item.</returns>
    public async ValueTask<ListResponse?> SimilarAsync(string itemId, ListQuery query, string requestId)
    {
        var scope = Begin(query);
        if (scope.Catalog.Version > 0 && scope.Catalog.Find(itemId) is null or { Hidden: true })
            return null;
        var item = scope.Catalog.Find(itemId);
        var found = await FindAsync(scope, Stages.Similar, itemId, s_similar,
            ct => services.SimilarAsync(new SimilarRequest(itemId, query.Count + Spare, query.Filters), ct));
        if (found.Outcome == Outcomes.UnknownItem && scope.Catalog.Version == 0)
            return null;
        var shelf = ShelfFor(scope, [itemId]);
        return Serve(scope, shelf, found, ReasonWords.SimilarTo(item), requestId, () => fallback.Fill(shelf, scope.Catalog, item?.Category));
    }

    public async ValueTask<ListResponse> PopularAsync(ListQuery query, string requestId)
    {
        var scope = Begin(query);
        var found = await FindAsync(scope, Stages.Popular, null, PopularItems.Sources,
            ct => services.PopularAsync(new PopularRequest(query.Count + Spare, query.Filters), ct));
        var shelf = ShelfFor(scope, []);
        return Serve(scope, shelf, found, ReasonWords.Impersonal, requestId, () => fallback.Fill(shelf, scope.Catalog, null));
    }

    private Scope Begin(ListQuery query) =>
        new(query, controlPlane.Current, catalogFeed.Current, time.GetUtcNow().ToUnixTimeMilliseconds(), new RequestDeadline(time, options.LookupTimeout));

    private async ValueTask<Found> FindAsync(
        Scope scope, string kind, string? text, IReadOnlyList<string> sources, Func<CancellationToken, Task<DaprResult<ScoredItemsResponse>>> ask)
    {
        ListKey? key = cache.IsOn && scope.Control.Switches.Caching && FilterKey.Of(scope.Query.Filters) is { } filters
            ? new ListKey(scope.Control.Version, kind, text, null, null, filters, scope.Query.Count)
            : null;
        if (key is { } cached && cache.Find(cached) is { } kept)
            return new Found(Outcomes.Found, kept, null);
        using var limit = scope.Deadline.EndAt(options.LookupTimeout);
        var answer = await ask(limit.Token);
        if (!answer.TryGetValue(out var response, out var fault))
            return new Found(null, null, Causes.Of(kind, fault));
        if (response.Outcome != Outcomes.Found)
            return new Found(response.Outcome, null, Causes.OfOutcome(kind, response.Outcome));
        if (!WellFormed.Is(response))
            return new Found(null, null, Causes.OfBadAnswer(kind));
        var list = RankedLists.Of(response, sources);
        if (key is { } free)
            cache.Set(free, list);
        return new Found(Outcomes.Found, list, null);
    }

    private static Shelf ShelfFor(Scope scope, IReadOnlyList<string> without) =>
        new(
            // Nobody is known here: rules for an audience hold when it asks for nothing that has to be known.
            ServeFilter.Of(scope.Catalog, scope.Query.Filters, without, UserContext.Empty, scope.NowMs, scope.Control.Rules.For(default, new AudienceFacts(null, null, scope.NowMs))),
            scope.Query.Count,
            explain: false);

    private static ListResponse Serve(Scope scope, Shelf shelf, Found found, ReasonWords reasons, string requestId, Action fallBack)
    {
        var degradation = new Degradation();
        if (found.List is { } list)
            shelf.AddAll(list, reasons);
        else
            fallBack();
        if (found.Cause is { } cause)
            degradation.Raise(shelf.Items.Count > 0 ? Degradation.OwnPopularList : Degradation.Nothing, cause);
        var reason = shelf.Items.Count > 0 ? null : found.Cause is null ? "Nothing matches." : "The recommender does not answer.";
        var elapsedMs = Math.Round(scope.Deadline.Elapsed.TotalMilliseconds, 3);
        return new ListResponse(shelf.Items, found.List?.ModelVersion, degradation.Level, degradation.Cause, reason, requestId, elapsedMs);
    }

    private sealed record Scope(ListQuery Query, ControlState Control, Catalog Catalog, long NowMs, RequestDeadline Deadline);

    private readonly record struct Found(string? Outcome, RankedList? List, string? Cause);
}
