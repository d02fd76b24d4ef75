using Splitrail.Contracts;
using Splitrail.Gateway.Caching;
using Splitrail.Gateway.Inner;

namespace Splitrail.Gateway.Recommendations;

/// <summary>First stage: what is known of the user, from the cache of a second or from feature-svc.</summary>
internal sealed class ContextStage(InnerServices services, ContextCache cache, GatewayOptions options)
{
    /// <returns>The context, or null and the cause when there is none to be had. Who gives no id has an empty one.</returns>
    public async ValueTask<StageResult<UserContext>> RunAsync(RequestScope scope)
    {
        var query = scope.Query;
        if (query is { UserId: null, SessionId: null })
            return new(UserContext.Empty);
        var caching = scope.Control.Switches.Caching && cache.IsOn;
        if (caching && cache.Find(query.UserId, query.SessionId) is { } held)
            return new(held);
        using var limit = scope.Deadline.EndAt(options.StageTimeouts.Context);
        var answer = await services.ContextAsync(new ContextRequest(query.UserId, query.SessionId), limit.Token);
        if (!answer.TryGetValue(out var response, out var fault))
            return new(Causes.Of(Stages.Context, fault));
        if (response.Outcome is not (Outcomes.Found or Outcomes.UnknownUser))
            return new(Causes.OfOutcome(Stages.Context, response.Outcome));
        if (!WellFormed.Is(response))
            return new(Causes.OfBadAnswer(Stages.Context));
        if (caching)
            cache.Set(query.UserId, query.SessionId, response.Context);
        return new(response.Context);
    }
}
