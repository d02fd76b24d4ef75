using Splitrail.Contracts;
using Splitrail.Gateway.Assignment;
using Splitrail.Gateway.Caching;
using Splitrail.Gateway.Inner;
using Splitrail.Gateway.Lists;

namespace Splitrail.Gateway.Recommendations;

/// <summary>Candidates and ranking of one request: a ranked list, or null when candidate-svc gave none.</summary>
internal sealed class Listing(CandidateStage candidates, RankingStage ranking, ListCache cache)
{
    private const string Kind = "recommendations";

    /// <param name="scope">The request.</param>
    /// <param name="context">Null when it could not be had.</param>
    /// <param name="degradation">So far; what goes wrong here is added.</param>
    public async ValueTask<(RankedList? List, Degradation Degradation)> RunAsync(RequestScope scope, UserContext? context, Degradation degradation)
    {
        var switches = scope.Control.Switches;
        if (!switches.PersonalCandidates)
            degradation.Raise(Degradation.WithoutPersonal, Causes.PersonalSwitchedOff);
        var key = KeyOf(scope, context);
        if (key is { } cached && cache.Find(cached) is { } kept)
            return (kept, degradation);
        if (key is not null && scope.Rows == ListRows.WhenKept)
            scope = scope with { Rows = ListRows.Always };
        var found = await candidates.RunAsync(scope, context ?? UserContext.Empty, personal: context is not null && switches.PersonalCandidates);
        if (!found.TryGet(out var response, out var cause))
        {
            degradation.Raise(Degradation.OwnPopularList, cause);
            return (null, degradation);
        }

        var (list, unranked) = await RankAsync(scope, context ?? UserContext.Empty, response);
        if (unranked is not null)
            degradation.Raise(Degradation.WithoutRanker, unranked);
        // A replica that has not loaded what was asked for must not speak for the others as long as a list is kept.
        if (key is { } free && degradation.Level == Degradation.Full && list.CandidateVersion == scope.Lineup.Candidate)
            cache.Set(free, list);
        return (list, degradation);
    }

    /// <returns>The list, and why it is not ranked when it should be.</returns>
    private async ValueTask<(RankedList List, string? Cause)> RankAsync(RequestScope scope, UserContext context, CandidateResponse response)
    {
        // An arm without ranker gets what its experiment asks for; a switched-off ranker is less than the shop wants.
        if (scope is { Arms: { Ranker: ArmSet.NoRanker, ReRanker: null }, Rules.IsEmpty: true, Query.Explain: false } || response.Candidates.Count == 0)
            return (RankedLists.Of(response), null);
        if (!scope.Control.Switches.Ranking)
            return (RankedLists.Of(response), Causes.RankingSwitchedOff);
        var ranked = await ranking.RunAsync(scope, context, response);
        if (!ranked.TryGet(out var order, out var cause))
            return (RankedLists.Of(response), cause);
        var list = RankedLists.Of(response, order);
        // Filter rules may leave nothing, and that is an answer.
        return list.Items.Count > 0 || (order.Items.Count == 0 && scope.Rules.Filters.Any()) ? (list, null) : (RankedLists.Of(response), Causes.OfBadAnswer(Stages.Ranking));
    }

    /// <summary>Only who brings no history at all gets a list that others get too.</summary>
    private ListKey? KeyOf(RequestScope scope, UserContext? context)
    {
        var (query, control) = (scope.Query, scope.Control);
        if (!cache.IsOn || control.Switches is not { Caching: true, PersonalCandidates: true })
            return null;
        // A kept list could not say why it is as it is.
        if (query.Explain || context is not { EventCount: 0, History.Count: 0 } || query.SessionItems.Count > 0)
            return null;
        return FilterKey.Of(query.Filters) is { } filters
            ? new ListKey(control.Version, Kind, null, scope.Arms.Mix, scope.Arms.Ranker, filters, query.Count, scope.Lineup, scope.Arms.ReRanker, scope.Arms.ReRank, scope.Rules.Key)
            : null;
    }
}
