using Splitrail.Local.Sidecar.Resiliency;

namespace Splitrail.Local.Sidecar.Faults;

/// <summary>The faults in force; empty unless a test put some in.</summary>
internal sealed class FaultTable(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly List<(FaultRule Rule, int Left)> _rules = [];
    private volatile bool _isEmpty = true;

    public void Add(FaultRule rule)
    {
        lock (_gate)
        {
            _rules.Add((rule, rule.Times));
            _isEmpty = false;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _rules.Clear();
            _isEmpty = true;
        }
    }

    /// <summary>Lets a matching rule act.</summary>
    /// <param name="target">App id or component.</param>
    /// <param name="path">Path at the app, topic of the broker; null for a store.</param>
    /// <param name="answer">Makes an answer of the app out of status and body.</param>
    /// <param name="cancellationToken">The policy's timeout or the caller.</param>
    /// <returns>The outcome that takes the call's place, or null to go on.</returns>
    public ValueTask<CallOutcome?> ActAsync(string target, string? path, Func<int, string, CallOutcome>? answer, CancellationToken cancellationToken) =>
        _isEmpty || Take(target, path) is not { } rule ? ValueTask.FromResult<CallOutcome?>(null) : ActAsync(rule, answer, cancellationToken);

    private async ValueTask<CallOutcome?> ActAsync(FaultRule rule, Func<int, string, CallOutcome>? answer, CancellationToken cancellationToken)
    {
        if (rule.DelayMs > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(rule.DelayMs), time, cancellationToken).ConfigureAwait(false);
        if (rule.Error is { } error)
            return CallOutcome.Failed(error);
        return rule.Status is { } status && answer is not null ? answer(status, rule.Body ?? "") : null;
    }

    private FaultRule? Take(string target, string? path)
    {
        lock (_gate)
        {
            for (var i = 0; i < _rules.Count; i++)
            {
                var (rule, left) = _rules[i];
                if (rule.Target != target || (rule.Path is not null && rule.Path != path))
                    continue;
                if (left == 1)
                    _rules.RemoveAt(i);
                else if (left > 1)
                    _rules[i] = (rule, left - 1);
                _isEmpty = _rules.Count == 0;
                return rule;
            }

            return null;
        }
    }
}
