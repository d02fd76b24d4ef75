using Polly;

namespace Splitrail.Local.Sidecar.Resiliency;

/// <summary>Puts a <see cref="Breaker"/> into a Polly pipeline.</summary>
internal sealed class BreakerStrategy(Breaker breaker) : ResilienceStrategy<CallOutcome>
{
    protected override async ValueTask<Outcome<CallOutcome>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<CallOutcome>>> callback, ResilienceContext context, TState state)
    {
        if (breaker.TryEnter(out var generation) is { } refusal)
            return Outcome.FromResult(CallOutcome.Failed(refusal));
        var outcome = await callback(context, state).ConfigureAwait(context.ContinueOnCapturedContext);
        if (context.CancellationToken.IsCancellationRequested && !outcome.Result.IsSuccess)
            breaker.Abandon(generation);
        else
            breaker.Leave(generation, outcome.Exception is null && outcome.Result.IsSuccess);
        return outcome;
    }
}
