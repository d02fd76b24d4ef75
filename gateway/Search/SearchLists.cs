using Splitrail.Contracts;
using Splitrail.Experiments;
using Splitrail.Feeds;
using Splitrail.Gateway.Assignment;
using Splitrail.Gateway.Caching;
using Splitrail.Gateway.Inner;
using Splitrail.Gateway.Lists;
using Splitrail.Gateway.Recommendations;

namespace Splitrail.Gateway.Search;

/// <summary>
/// Search: one call to candidate-svc, cached for some seconds unless it is personal, filtered when served. When candidate-svc is away there is nothing, because
/// what does not match is no answer to a search.
/// </summary>
internal sealed class SearchLists(
    InnerServices services, ControlPlane controlPlane, CatalogFeed catalogFeed, ContextStage contexts, ListCache cache, GatewayOptions options, TimeProvider time)
{
    private const string IsOff = "Search is switched off.";
    private const string NoAnswer = "The recommender does not answer.";
    private const string Nothing = "Nothing matches.";
    private const string PopularInstead = "Nothing matches; these are popular.";
    private const string MostWords = "Nothing has all of the words; these have the most of them.";

    public async ValueTask<SearchAnswer> RunAsync(SearchQuery query, string requestId)
    {
        var scope = Begin(query);
        if (!scope.Control.Switches.Search)
            return new SearchAnswer([], 0, false, null, null, null, Degradation.Nothing, Causes.SearchSwitchedOff, IsOff, requestId, 0);
        var degradation = new Degradation();
        UserContext? taste = null;
        if (query.IsPersonal)
            (taste, degradation) = await TasteAsync(scope, degradation);
        var (list, cause) = await FindAsync(scope, query, taste);
        if (cause is not null)
            degradation.Raise(Degradation.Nothing, cause);
        var rules = scope.Control.Rules.For(scope.Query.Subject, new AudienceFacts(null, taste, scope.NowMs));
        var shelf = new Shelf(ServeFilter.Of(scope.Catalog, query.List.Filters, [], UserContext.Empty, scope.NowMs, rules), query.List.Count, explain: false);
        if (list is not null)
            shelf.AddAll(list, ReasonWords.Impersonal);
        return new SearchAnswer(
            shelf.Items, list?.Answer.Total ?? 0, list?.Answer.AllWords ?? false, list?.Answer.DidYouMean, list?.Answer.Facets, list?.ModelVersion,
            degradation.Level, degradation.Cause, ReasonFor(list, shelf), requestId, Math.Round(scope.Deadline.Elapsed.TotalMilliseconds, 3));
    }

    private RequestScope Begin(SearchQuery query) => new(
        new RecommendationQuery(query.UserId, query.SessionId, query.SessionItems, query.List.Count, query.List.Filters),
        controlPlane.Current, catalogFeed.Current, ArmSet.None, time.GetUtcNow().ToUnixTimeMilliseconds(), new RequestDeadline(time, options.LookupTimeout), ModelLineup.None);

    private async ValueTask<(UserContext? Taste, Degradation Degradation)> TasteAsync(RequestScope scope, Degradation degradation)
    {
        if (!scope.Control.Switches.PersonalCandidates)
        {
            degradation.Raise(Degradation.WithoutPersonal, Causes.PersonalSwitchedOff);
            return (null, degradation);
        }

        var known = await contexts.RunAsync(scope);
        if (known.Cause is { } cause)
            degradation.Raise(Degradation.WithoutPersonal, cause);
        return (known.Value, degradation);
    }

    private async ValueTask<(FoundList? List, string? Cause)> FindAsync(RequestScope scope, SearchQuery query, UserContext? taste)
    {
        ListKey? key = taste is null && cache.IsOn && scope.Control.Switches.Caching && FilterKey.Of(query.List.Filters) is { } filters
            ? new ListKey(scope.Control.Version, Stages.Search, $"{query.Offset} {query.Facets} {query.Prefix} {query.Text}", null, null, filters, query.List.Count)
            : null;
        if (key is { } cached && cache.Find(cached) is FoundList kept)
            return (kept, null);
        using var limit = scope.Deadline.EndAt(options.LookupTimeout);
        var answer = await services.SearchAsync(RequestFor(scope, query, taste), limit.Token);
        if (!answer.TryGetValue(out var response, out var fault))
            return (null, Causes.Of(Stages.Search, fault));
        if (response.Outcome != Outcomes.Found)
            return (null, Causes.OfOutcome(Stages.Search, response.Outcome));
        if (!WellFormed.Is(response))
            return (null, Causes.OfBadAnswer(Stages.Search));
        var list = FoundList.Of(response);
        if (key is { } free)
            cache.Set(free, list);
        return (list, null);
    }

    private static SearchRequest RequestFor(RequestScope scope, SearchQuery query, UserContext? taste) => new(
        query.Text, query.List.Count, query.List.Filters, query.Offset, query.Facets, query.Prefix, taste, taste is null ? null : query.SessionItems, scope.NowMs);

    private static string? ReasonFor(FoundList? list, Shelf shelf) => list switch
    {
        null => NoAnswer,
        { Answer.Total: 0 } => shelf.Items.Count > 0 ? PopularInstead : Nothing,
        { Answer.AllWords: false } => MostWords,
        _ => shelf.Items.Count > 0 ? null : "There are no more items.",
    };
}
