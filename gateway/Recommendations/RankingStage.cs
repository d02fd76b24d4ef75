using Splitrail.Contracts;
using Splitrail.Gateway.Inner;

namespace Splitrail.Gateway.Recommendations;

/// <summary>Third stage: ranking-svc puts the candidates in order.</summary>
internal sealed class RankingStage(InnerServices services, GatewayOptions options)
{
    /// <summary>A few more than are wanted are ranked, because the filters of serving may leave some out.</summary>
    public const int Spare = 20;

    public async ValueTask<StageResult<RankResponse>> RunAsync(RequestScope scope, UserContext context, CandidateResponse candidates)
    {
        var query = scope.Query;
        using var limit = scope.Deadline.EndAt(options.StageTimeouts.RankingBy);
        var request = new RankRequest(
            context, query.SessionItems, candidates.Candidates, query.Count + Spare, query.Filters, scope.Arms.Ranker,
            // Candidates of another version than was asked for get the ranker that belongs to them.
            candidates.ModelVersion, scope.NowMs, candidates.ModelVersion == scope.Lineup.Candidate ? scope.Lineup.Ranking : null,
            scope.Arms.ReRanker, scope.Arms.ReRank, query.UserId ?? query.SessionId,
            scope.Rules.IsEmpty ? null : scope.Rules.Ids, query.Explain, scope.Rows == ListRows.Always);
        var answer = await services.RankAsync(request, limit.Token);
        if (!answer.TryGetValue(out var response, out var fault))
            return new(Causes.Of(Stages.Ranking, fault));
        if (response.Outcome != Outcomes.Found)
            return new(Causes.OfOutcome(Stages.Ranking, response.Outcome));
        return WellFormed.Is(response) ? new(response) : new(Causes.OfBadAnswer(Stages.Ranking));
    }
}
