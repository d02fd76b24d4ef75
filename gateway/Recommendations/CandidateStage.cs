using Splitrail.Contracts;
using Splitrail.Gateway.Inner;

namespace Splitrail.Gateway.Recommendations;

/// <summary>Second stage: some hundreds of items from candidate-svc.</summary>
internal sealed class CandidateStage(InnerServices services, GatewayOptions options)
{
    public async ValueTask<StageResult<CandidateResponse>> RunAsync(RequestScope scope, UserContext context, bool personal)
    {
        var query = scope.Query;
        using var limit = scope.Deadline.EndAt(options.StageTimeouts.CandidatesBy);
        var count = Math.Max(options.CandidateCount, query.Count * 2);
        var request = new CandidateRequest(
            context, query.SessionItems, count, query.Filters, scope.Arms.Mix, personal, scope.NowMs, scope.Lineup.Candidate,
            // Only a mix that somebody chose draws by chance.
            scope.Arms.Mix is null ? null : (long)scope.Seed);
        var answer = await services.CandidatesAsync(request, limit.Token);
        if (!answer.TryGetValue(out var response, out var fault))
            return new(Causes.Of(Stages.Candidates, fault));
        if (response.Outcome != Outcomes.Found)
            return new(Causes.OfOutcome(Stages.Candidates, response.Outcome));
        return WellFormed.Is(response) ? new(response) : new(Causes.OfBadAnswer(Stages.Candidates));
    }
}
