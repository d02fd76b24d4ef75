using Polly;
using Polly.Timeout;

namespace Splitrail.Local.Sidecar.Resiliency;

/// <summary>A call under the policies of its target, in daprd's order: retry(breaker(timeout(call))).</summary>
internal sealed class Guard(ResiliencePipeline<CallOutcome>? pipeline)
{
    public static Guard None { get; } = new(null);

    /// <summary>Makes the call; the call itself answers with an outcome and throws only when <paramref name="cancellationToken"/> ends it.</summary>
    public async ValueTask<CallOutcome> CallAsync<TState>(
        Func<TState, CancellationToken, ValueTask<CallOutcome>> call, TState state, CancellationToken cancellationToken)
    {
        if (pipeline is null)
            return await call(state, cancellationToken).ConfigureAwait(false);
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        try
        {
            var outcome = await pipeline.ExecuteOutcomeAsync(CallOnceAsync, context, (call, state)).ConfigureAwait(false);
            if (outcome.Exception is TimeoutRejectedException)
                return CallOutcome.Failed(CallOutcome.DeadlineExceeded);
            outcome.ThrowIfException();
            return outcome.Result;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static async ValueTask<Outcome<CallOutcome>> CallOnceAsync<TState>(
        ResilienceContext context, (Func<TState, CancellationToken, ValueTask<CallOutcome>> Call, TState State) work)
    {
        try
        {
            return Outcome.FromResult(await work.Call(work.State, context.CancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException cancelled)
        {
            // Polly turns the timeout's own cancellation into a rejection and passes the caller's on.
            return Outcome.FromException<CallOutcome>(cancelled);
        }
    }
}
