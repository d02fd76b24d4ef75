using System.Collections.Concurrent;
using Polly;
using Polly.Retry;
using Polly.Timeout;
using Splitrail.Local.Sidecar.Resources;

namespace Splitrail.Local.Sidecar.Resiliency;

/// <summary>Builds and keeps the guards of every target that the Resiliency files name.</summary>
internal sealed partial class PolicyBook(IReadOnlyList<ResiliencySpec> specs, TimeProvider time, SidecarMetrics metrics, ILogger<PolicyBook> logger)
{
    private const string AnyPath = "";

    private readonly ConcurrentDictionary<(string Target, string Path), Guard> _guards = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _paths = new();

    /// <summary>The guard of calls to an app: the breaker is its own for every path.</summary>
    public Guard ForApp(string appId, string path)
    {
        var (spec, names) = Find(static (one, id) => one.Apps.GetValueOrDefault(id), appId);
        if (names is null)
            (spec, names) = Defaults();
        if (spec is null || names is null)
            return Guard.None;
        var key = ("app_" + appId, names.Breaker is null ? AnyPath : path);
        if (_guards.TryGetValue(key, out var known))
            return known;
        Forget(key.Item1, key.Item2, names.BreakerCacheSize);
        return _guards.GetOrAdd(key, target => Build(spec, names, target.Target, target.Path, "outbound"));
    }

    public Guard ForComponent(string kind, string name, bool inbound)
    {
        var (spec, names) = Find(inbound ? static (one, id) => one.Inbound.GetValueOrDefault(id) : static (one, id) => one.Outbound.GetValueOrDefault(id), name);
        if (spec is null || names is null)
            return Guard.None;
        var flow = inbound ? "inbound" : "outbound";
        return _guards.GetOrAdd(($"{kind}_{name}/{flow}", AnyPath), _ => Build(spec, names, $"{kind}_{name}", AnyPath, flow));
    }

    /// <summary>True when a policy of the file repeats failed deliveries of this component: without one the first failure goes to the dead letters.</summary>
    public bool RetriesInbound(string name) => Find(static (one, id) => one.Inbound.GetValueOrDefault(id), name).Names?.Retry is not null;

    private (ResiliencySpec? Spec, PolicyNames? Names) Find(Func<ResiliencySpec, string, PolicyNames?> find, string id)
    {
        foreach (var spec in specs)
        {
            if (find(spec, id) is { } names)
                return (spec, names);
        }

        return default;
    }

    /// <summary>Policies of these names apply to all apps without a target of their own.</summary>
    private (ResiliencySpec?, PolicyNames?) Defaults()
    {
        foreach (var spec in specs)
        {
            var timeout = spec.Timeouts.ContainsKey("DefaultTimeoutPolicy") ? "DefaultTimeoutPolicy" : null;
            var retry = spec.Retries.ContainsKey("DefaultAppRetryPolicy") ? "DefaultAppRetryPolicy"
                : spec.Retries.ContainsKey("DefaultRetryPolicy") ? "DefaultRetryPolicy" : null;
            var breaker = spec.Breakers.ContainsKey("DefaultCircuitBreakerPolicy") ? "DefaultCircuitBreakerPolicy" : null;
            if ((timeout ?? retry ?? breaker) is not null)
                return (spec, new PolicyNames(timeout, retry, breaker, 100));
        }

        return default;
    }

    /// <summary>daprd keeps a bounded number of breakers per app; the oldest goes first.</summary>
    private void Forget(string target, string path, int limit)
    {
        var paths = _paths.GetOrAdd(target, static _ => new ConcurrentQueue<string>());
        paths.Enqueue(path);
        if (paths.Count > limit && paths.TryDequeue(out var oldest))
            _guards.TryRemove((target, oldest), out _);
    }

    private Guard Build(ResiliencySpec spec, PolicyNames names, string target, string path, string flow)
    {
        var builder = new ResiliencePipelineBuilder<CallOutcome> { TimeProvider = time };
        if (names.Retry is { } retry)
            builder.AddRetry(Retry(spec.Retries[retry], () => metrics.CountActivation(spec.Name, "retry", target, flow)));
        if (names.Breaker is { } breaker)
        {
            var machine = new Breaker(spec.Breakers[breaker], time, state => Changed(spec.Name, breaker, target, path, flow, state));
            metrics.SetBreakerState(spec.Name, target, flow, BreakerState.Closed);
            builder.AddStrategy(_ => new BreakerStrategy(machine), new BreakerStrategyOptions());
        }

        if (names.Timeout is { } timeout)
        {
            builder.AddTimeout(new TimeoutStrategyOptions
            {
                Timeout = spec.Timeouts[timeout],
                OnTimeout = _ =>
                {
                    metrics.CountActivation(spec.Name, "timeout", target, flow);
                    return default;
                },
            });
        }

        return new Guard(builder.Build());
    }

    private static RetryStrategyOptions<CallOutcome> Retry(RetrySpec spec, Action count) => new()
    {
        MaxRetryAttempts = spec.MaxRetries < 0 ? int.MaxValue : Math.Max(1, spec.MaxRetries),
        BackoffType = spec.IsExponential ? DelayBackoffType.Exponential : DelayBackoffType.Constant,
        UseJitter = spec.IsExponential,
        Delay = spec.IsExponential ? TimeSpan.FromMilliseconds(500) : spec.Delay,
        MaxDelay = spec.IsExponential ? spec.MaxInterval : null,
        ShouldHandle = arguments => ValueTask.FromResult(spec.MaxRetries != 0 && IsRepeatable(arguments.Outcome, spec)),
        OnRetry = arguments =>
        {
            // The answer that is given up holds rented bytes.
            (arguments.Outcome.Result.Value as IDisposable)?.Dispose();
            count();
            return default;
        },
    };

    /// <summary>Timeouts and connection errors are repeated whatever <c>matching</c> says; a refusal of the breaker never is.</summary>
    private static bool IsRepeatable(Outcome<CallOutcome> outcome, RetrySpec spec) => outcome.Exception is not null
        ? outcome.Exception is TimeoutRejectedException
        : !outcome.Result.IsSuccess && !outcome.Result.IsRefused && (outcome.Result.Error is not null || (spec.Matching?.Contains(outcome.Result.Status) ?? true));

    private void Changed(string file, string breaker, string target, string path, string flow, BreakerState state)
    {
        metrics.SetBreakerState(file, target, flow, state);
        if (state == BreakerState.Open)
            metrics.CountActivation(file, SidecarMetrics.BreakerPolicy, target, flow, "open");
        LogBreaker(logger, breaker, target, path, state);
    }

    [LoggerMessage(3201, LogLevel.Warning, "Circuit breaker {Name} of {Target} {Path} is now {State}")]
    private static partial void LogBreaker(ILogger logger, string name, string target, string path, BreakerState state);

    private sealed class BreakerStrategyOptions : ResilienceStrategyOptions;
}
