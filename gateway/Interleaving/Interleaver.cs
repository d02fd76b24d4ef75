using Splitrail.Contracts;
using Splitrail.Experiments;
using Splitrail.Gateway.Assignment;
using Splitrail.Gateway.Lists;
using Splitrail.Gateway.Recommendations;
using Splitrail.Randomness;

namespace Splitrail.Gateway.Interleaving;

/// <summary>
/// The list of a request. In an interleaved experiment the lists of both arms, made side by side, are drafted into one (<see cref="TeamDraft"/>), so that the shopper compares them; when one of them is
/// not complete the better one is served alone and belongs to no team: a draft against a fallback would say nothing of the rankings.
/// </summary>
internal sealed class Interleaver(Listing listing, ControlPlane controlPlane, GatewayMetrics metrics)
{
    /// <param name="scope">The request.</param>
    /// <param name="context">Null when it could not be had.</param>
    /// <param name="filter">What may be shown: a team must not lose a turn by what will be left out.</param>
    /// <param name="degradation">So far; what goes wrong here is added.</param>
    /// <param name="requestId">Seed of the coin, so that a list can be made again.</param>
    public async ValueTask<(RankedList? List, Degradation Degradation)> RunAsync(
        RequestScope scope, UserContext? context, ServeFilter filter, Degradation degradation, string requestId)
    {
        if (scope.Arms.Teams is not { Teams: [var one, var other] })
            return await listing.RunAsync(scope, context, degradation);
        var first = listing.RunAsync(ScopeOf(scope, one), context, degradation).AsTask();
        var second = listing.RunAsync(ScopeOf(scope, other), context, degradation).AsTask();
        var (ofOne, ofOther) = (await first, await second);
        var isComplete = ofOne.List is not null && ofOther.List is not null && ofOne.Degradation.Level == degradation.Level && ofOther.Degradation.Level == degradation.Level;
        metrics.Interleaved(isComplete ? "drafted" : "one_alone");
        if (!isComplete)
            return ofOther.Degradation.Level < ofOne.Degradation.Level ? ofOther : ofOne;
        return (Draft(new Team(one.Id, ofOne.List!), new Team(other.Id, ofOther.List!), filter, scope.Query.Count, SplitMix64.Hash(requestId)), degradation);
    }

    private RequestScope ScopeOf(RequestScope scope, ExperimentArm team)
    {
        var arms = scope.Arms.Of(team);
        return scope with { Arms = arms, Lineup = controlPlane.LineupOf(scope.Control, arms.Model) };
    }

    private static RankedList Draft(Team one, Team other, ServeFilter filter, int count, ulong seed)
    {
        var (chance, pins) = (new SplitMix64(seed), one.List.Pins ?? []);
        var (ofOne, ofOther) = (one.Offered(filter, pins), other.Offered(filter, pins));
        var items = TeamDraft.Interleave<string>([.. ofOne.Keys], [.. ofOther.Keys], count, ref chance)
            .Select(pick => (pick.IsOne ? ofOne : ofOther)[pick.Item] is var item
                ? item with { Team = (pick.IsOne ? one : other).Arm, Propensity = item.Propensity * pick.Propensity }
                : item);
        return one.List with
        {
            ModelVersion = Both(one.List.ModelVersion, other.List.ModelVersion),
            CandidateVersion = Both(one.List.CandidateVersion, other.List.CandidateVersion),
            Items = [.. items, .. one.List.Items.Where(item => pins.Any(pin => pin.ItemId == item.ItemId))],
            Considered = Math.Max(one.List.Considered, other.List.Considered),
            Explanation = Both(one.List.Explanation, other.List.Explanation),
        };
    }

    private static string? Both(string? one, string? other) => one == other || other is null ? one : $"{one}+{other}";

    /// <summary>An item of both lists is told of by the first.</summary>
    private static RankExplanation? Both(RankExplanation? one, RankExplanation? other) => one is null || other is null ? one ?? other : one with
    {
        Ranker = Both(one.Ranker, other.Ranker)!,
        ReRanker = Both(one.ReRanker, other.ReRanker),
        Items = [.. one.Items, .. other.Items.ExceptBy(one.Items.Select(static item => item.ItemId), static item => item.ItemId)],
    };

    private sealed record Team(string Arm, RankedList List)
    {
        /// <summary>What may be shown, by item, best first; pinned items have their places whoever drafts.</summary>
        public OrderedDictionary<string, RankedItem> Offered(ServeFilter filter, IReadOnlyList<PinnedItem> pins)
        {
            var offered = new OrderedDictionary<string, RankedItem>(StringComparer.Ordinal);
            foreach (var item in List.Items)
            {
                if (filter.Allows(item.ItemId, out _) && !pins.Any(pin => pin.ItemId == item.ItemId))
                    offered.TryAdd(item.ItemId, item);
            }

            return offered;
        }
    }
}
