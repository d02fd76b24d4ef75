using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.Gateway.Assignment;
using Splitrail.Gateway.Caching;
using Splitrail.Gateway.Inner;
using Splitrail.Hosting;

namespace Splitrail.Gateway.Recommendations;

/// <summary>
/// Makes some calls before the gateway says that it is ready: the first ones open connections and compile code, here and behind, and would take ten
/// times as long as their stage may. They come from nobody: no arm is counted and no shopper sees a fallback because of a cold start.
/// </summary>
internal sealed partial class FirstCalls : BackgroundService
{
    private const string Part = "first_calls";
    private const string Caller = "first-calls";
    private const int Rounds = 20;

    /// <summary>A call that is cut short would count as a failure with the sidecar's breaker.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
    /// <summary>
    /// So many rounds may fail. A failure counts twice with the sidecar's breaker, the retry included, and the fifth opens it for half a minute: a gateway that asks on and on for
    /// services that start beside it would serve fallbacks long after they are there.
    /// </summary>
    private const int Failures = 2;

    /// <summary>About what a service takes from its start to its first answer.</summary>
    private static readonly TimeSpan s_afterFailure = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_untilFeeds = TimeSpan.FromMilliseconds(50);

    /// <summary>Then it is ready all the same: whoever else is away must not keep this replica out of rotation.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);

    private readonly ControlPlane _controlPlane;
    private readonly CatalogFeed _catalogFeed;
    private readonly Readiness _readiness;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ContextStage _context;
    private readonly Listing _listing;

    public FirstCalls(
        InnerServices services,
        ControlPlane controlPlane,
        CatalogFeed catalogFeed,
        Readiness readiness,
        GatewayOptions options,
        GatewayMetrics metrics,
        TimeProvider time,
        ILogger<FirstCalls> logger)
    {
        (_controlPlane, _catalogFeed, _readiness, _time, _logger) = (controlPlane, catalogFeed, readiness, time, logger);
        var patient = new GatewayOptions
        {
            CandidateCount = options.CandidateCount,
            StageTimeouts = new StageTimeouts { Context = s_patience, Candidates = s_patience, Ranking = s_patience },
            ContextCacheTtl = TimeSpan.Zero,
            ContextCacheSize = 1,
            ResponseCacheTtl = TimeSpan.Zero,
            ResponseCacheSize = 1,
        };
        _context = new ContextStage(services, new ContextCache(patient, time, metrics), patient);
        _listing = new Listing(new CandidateStage(services, patient), new RankingStage(services, patient), new ListCache(patient, time, metrics));
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _readiness.Require(Part);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Without both feeds the gateway is not ready anyway, and there would be nothing to ask for.
        while (!stoppingToken.IsCancellationRequested && (_controlPlane.Current.Version == 0 || _catalogFeed.Version == 0))
            await Task.Delay(s_untilFeeds, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var started = _time.GetTimestamp();
        var (rounds, failures) = (0, 0);
        while (rounds < Rounds && failures < Failures && _time.GetElapsedTime(started) < s_longest && !stoppingToken.IsCancellationRequested)
        {
            if (await CallAsync(rounds++) || ++failures == Failures)
                continue;
            await Task.Delay(s_afterFailure, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _readiness.MarkReady(Part);
        var took = _time.GetElapsedTime(started);
        Warm(_logger, rounds, took.TotalMilliseconds);
    }

    /// <returns>Whether all answered.</returns>
    private async Task<bool> CallAsync(int round)
    {
        var control = _controlPlane.Current;
        var catalog = _catalogFeed.Current;
        // Items of the catalogue, another pair each time: a guest's history, so that no list of all guests is served from the cache.
        string[] items = [.. catalog.Items.Keys.Skip(2 * round).Take(2)];
        var query = new RecommendationQuery(Caller, null, items, RecommendationRules.DefaultItems, ItemFilters.Default);
        var arms = control.Assign(default, default) with { Ranker = null };
        var nowMs = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var scope = new RequestScope(query, control, catalog, arms, nowMs, new RequestDeadline(_time, 3 * s_patience), control.Models.Production);
        var known = await _context.RunAsync(scope);
        var (_, degradation) = await _listing.RunAsync(scope, known.Value, new Degradation());
        return known.Value is not null && degradation.Cause is null or Causes.RankingSwitchedOff or Causes.PersonalSwitchedOff;
    }

    [LoggerMessage(EventId = 101, Level = LogLevel.Information, Message = "Warm after {Rounds} rounds of calls in {ElapsedMs:0} ms")]
    private static partial void Warm(ILogger logger, int rounds, double elapsedMs);
}
