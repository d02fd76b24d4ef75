using Splitrail.Dapr;

namespace Splitrail.Gateway.Inner;

/// <summary>
/// Calls of one kind, gathered when there are many: who comes while few are under way is called for at once and alone; who comes later waits for the next one to return and goes
/// with all who wait by then. A call through two daprd costs more than what most callees do, so that a gateway under load serves twice as many, and an idle one waits for nothing.
/// </summary>
/// <param name="one">Calls for one.</param>
/// <param name="several">Calls for several; answers in the same order.</param>
/// <param name="atOnce">Calls under way before others have to wait.</param>
/// <param name="most">Requests that one call may carry.</param>
/// <param name="patience">A gathered call that takes longer no longer keeps others waiting.</param>
internal sealed class GatheredCalls<TRequest, TResponse>(
    Func<TRequest, CancellationToken, Task<DaprResult<TResponse>>> one,
    Func<IReadOnlyList<TRequest>, CancellationToken, Task<DaprResult<IReadOnlyList<TResponse>>>> several,
    int atOnce,
    int most,
    TimeSpan patience)
{
    private readonly Lock _lock = new();
    private readonly Queue<Waiting> _queue = new();
    private int _underWay;

    /// <param name="request">What is asked.</param>
    /// <param name="deadline">When nobody waits for the answer any more.</param>
    public Task<DaprResult<TResponse>> CallAsync(TRequest request, CancellationToken deadline) =>
        WaitingFor(request, deadline) is { } waiting ? waiting.ForAnswerAsync() : AloneAsync(request, deadline);

    /// <returns>Null when a call may begin at once; it has its place then.</returns>
    private Waiting? WaitingFor(TRequest request, CancellationToken deadline)
    {
        lock (_lock)
        {
            if (_underWay < atOnce)
            {
                _underWay++;
                return null;
            }

            var waiting = new Waiting(request, deadline);
            _queue.Enqueue(waiting);
            return waiting;
        }
    }

    private async Task<DaprResult<TResponse>> AloneAsync(TRequest request, CancellationToken deadline)
    {
        try
        {
            return await one(request, deadline);
        }
        finally
        {
            _ = ServeWaitingAsync();
        }
    }

    /// <summary>Takes the place of a call that has returned, until nobody waits.</summary>
    private async Task ServeWaitingAsync()
    {
        while (NextOrLeave() is { } batch)
        {
            try
            {
                Answer(batch, await CallForAsync(batch));
            }
            catch (Exception bug)
            {
                // Theirs to see: nobody awaits this loop, and it has to go on for the others.
                foreach (var waiting in batch)
                    waiting.Fail(bug);
            }
        }
    }

    private async Task<DaprResult<IReadOnlyList<TResponse>>> CallForAsync(List<Waiting> batch)
    {
        using var limit = new CancellationTokenSource(patience);
        if (batch.Count > 1)
            return await several(batch.ConvertAll(static waiting => waiting.Request), limit.Token);
        var answer = await one(batch[0].Request, limit.Token);
        return answer.TryGetValue(out var response, out var fault) ? new DaprResult<IReadOnlyList<TResponse>>([response]) : fault;
    }

    private static void Answer(List<Waiting> batch, DaprResult<IReadOnlyList<TResponse>> answers)
    {
        if (answers.TryGetValue(out var responses, out var fault) && (responses.Count != batch.Count || responses.Contains(default)))
            fault = new DaprFault(DaprFaultKind.BadAnswer, null, null, $"{responses.Count} answers, or fewer, to {batch.Count} requests");
        for (var i = 0; i < batch.Count; i++)
            batch[i].Answer(fault is null ? responses![i] : fault);
    }

    /// <summary>Those who still wait, oldest first; null, and the place is free, when there are none.</summary>
    private List<Waiting>? NextOrLeave()
    {
        List<Waiting>? batch = null;
        lock (_lock)
        {
            while ((batch?.Count ?? 0) < most && _queue.TryDequeue(out var waiting))
            {
                if (!waiting.HasLeft)
                    (batch ??= []).Add(waiting);
            }

            if (batch is null)
                _underWay--;
        }

        return batch;
    }

    private sealed class Waiting(TRequest request, CancellationToken deadline)
    {
        private readonly TaskCompletionSource<DaprResult<TResponse>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TRequest Request => request;

        public bool HasLeft => deadline.IsCancellationRequested;

        public void Answer(DaprResult<TResponse> answer) => _answer.TrySetResult(answer);

        public void Fail(Exception bug) => _answer.TrySetException(bug);

        public async Task<DaprResult<TResponse>> ForAnswerAsync()
        {
            try
            {
                return await _answer.Task.WaitAsync(deadline);
            }
            catch (OperationCanceledException) when (deadline.IsCancellationRequested)
            {
                return DaprFault.DeadlinePassed;
            }
        }
    }
}
