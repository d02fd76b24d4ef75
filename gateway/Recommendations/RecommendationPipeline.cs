using Splitrail.Contracts;
using Splitrail.Experiments;
using Splitrail.Feeds;
using Splitrail.Gateway.Assignment;
using Splitrail.Gateway.Exposures;
using Splitrail.Gateway.Impressions;
using Splitrail.Gateway.Inner;
using Splitrail.Gateway.Interleaving;
using Splitrail.Gateway.Lists;
using Splitrail.Gateway.PopularList;
using Splitrail.Gateway.Sessions;
using Splitrail.Randomness;

namespace Splitrail.Gateway.Recommendations;

/// <summary>
/// Context, arms, candidates, ranking, serving, one after the other within one deadline. Whatever is away, there is an answer: the fallback level
/// says how good it is.
/// </summary>
internal sealed partial class RecommendationPipeline(
    ControlPlane controlPlane,
    CatalogFeed catalogFeed,
    ContextStage contextStage,
    Interleaver lists,
    PopularFallback popular,
    GuestSessions sessions,
    ExposureLog exposures,
    ImpressionLog impressions,
    GatewayOptions options,
    GatewayMetrics metrics,
    TimeProvider time,
    ILogger<RecommendationPipeline> logger)
{
    private const string NothingPasses = "No item of the catalogue passes the request's filters";
    private const string NothingKnown = "The recommender does not answer, and no catalogue has been received yet.";

    public async ValueTask<Recommended> RunAsync(RecommendationQuery query, string requestId)
    {
        var scope = Begin(query) with { Seed = SplitMix64.Hash(requestId) };
        var degradation = new Degradation();
        var keeps = KeepsSessionAsync(scope);
        var known = await contextStage.RunAsync(scope);
        if (known.Cause is { } cause)
            degradation.Raise(Degradation.WithoutPersonal, cause);
        // Not before: audiences ask what is known of the user. Who is in an arm does not depend on it, unless the experiment's audience says so.
        var (subject, facts) = (query.Subject with { KeepsSession = await keeps }, new AudienceFacts(query.Page, known.Value, scope.NowMs));
        var arms = query.Preview is { } parameters ? ArmSet.Preview(subject, parameters) : scope.Control.Assign(subject, facts);
        scope = scope with
        {
            Arms = arms,
            Rules = scope.Control.Rules.For(subject, facts),
            Lineup = controlPlane.LineupOf(scope.Control, arms.Model),
            Rows = query.Preview is null ? impressions.RowsFor(requestId) : ListRows.Never,
        };
        var context = known.Value ?? UserContext.Empty;
        var filter = ServeFilter.Of(scope.Catalog, query.Filters, query.SessionItems, context, scope.NowMs, scope.Rules);
        (var list, degradation) = await lists.RunAsync(scope, known.Value, filter, degradation, requestId);

        var shelf = new Shelf(filter, query.Count, query.Explain);
        if (list is not null)
            shelf.AddAll(list, ReasonWords.Of(scope.Catalog, query.SessionItems, context));
        if (shelf.Items.Count == 0)
        {
            degradation = FallBack(shelf, scope.Catalog, query.Page?.Category, degradation);
            list = null;
        }

        // Also below level 0: who is served by a fallback stays in the arm, or a slow arm would lose its slowest users from the count.
        exposures.Log(scope.Arms, scope.Control.Version, requestId, scope.NowMs, degradation.Level, scope.Deadline.Elapsed, query.Page);
        impressions.Log(scope, list, shelf, degradation.Level, requestId);
        var made = Finish(scope, shelf, list, degradation) with { Known = known.Value };
        if (query.Preview is null)
            metrics.Served(made, AskedBy.Of(query, known.Value));
        return made;
    }

    private RequestScope Begin(RecommendationQuery query)
    {
        var control = controlPlane.Current;
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        return new RequestScope(query, control, catalogFeed.Current, ArmSet.None, nowMs, new RequestDeadline(time, options.Deadline), ModelLineup.None);
    }

    /// <summary>Whether the session began as a guest's. Looked up while the context is asked for, so that neither waits for the other.</summary>
    private async ValueTask<bool> KeepsSessionAsync(RequestScope scope)
    {
        if (scope.Query.SessionId is not { } session || !scope.Control.RandomisesGuests)
            return false;
        if (scope.Query.UserId is null)
        {
            sessions.Saw(session, scope.NowMs);
            return false;
        }

        using var limit = scope.Deadline.EndAt(options.StageTimeouts.Context);
        return await sessions.BeganAsGuestAsync(session, limit.Token);
    }

    private Degradation FallBack(Shelf shelf, Catalog catalog, string? category, Degradation degradation)
    {
        popular.Fill(shelf, catalog, category);
        degradation.RaiseKeepingCause(shelf.Items.Count > 0 ? Degradation.OwnPopularList : Degradation.Nothing, Causes.NoCandidates);
        return degradation;
    }

    private Recommended Finish(RequestScope scope, Shelf shelf, RankedList? list, Degradation degradation)
    {
        var made = new Recommended(
            shelf.Items,
            list?.ModelVersion,
            list?.CandidateVersion,
            scope.Arms,
            degradation.Level,
            degradation.Cause,
            shelf.Items.Count > 0 ? null : ReasonOfNothing(scope, shelf),
            list?.Considered ?? shelf.Items.Count,
            scope.Control.Version,
            scope.Deadline.Elapsed,
            list?.Explanation);
        if (scope.Query.Preview is null)
            metrics.Recommended(made.Elapsed, made.Level, made.Cause);
        if (made.Cause is not null)
            FellBack(logger, made.Level, made.Cause, made.Elapsed.TotalMilliseconds, made.Items.Count);
        return made;
    }

    /// <summary>Rules are named: whoever wrote one that leaves nothing shall find it.</summary>
    private static string ReasonOfNothing(RequestScope scope, Shelf shelf)
    {
        if (!shelf.Filter.KnowsCatalog)
            return NothingKnown;
        var rules = string.Join(", ", scope.Rules.Filters.Select(static id => $"'{id}'"));
        return rules.Length == 0 ? $"{NothingPasses}." : $"{NothingPasses} and the filter rules {rules}.";
    }

    // Debug: while a service is away this would be a line per request; the metric counts them and the feeds log the outage once.
    [LoggerMessage(EventId = 100, Level = LogLevel.Debug, Message = "Recommendation at level {Level} because of {Cause}, {ElapsedMs:0.0} ms, {Items} items")]
    private static partial void FellBack(ILogger logger, int level, string cause, double elapsedMs, int items);
}
