using Splitrail.Gateway.Limits;
using Splitrail.Hosting;

namespace Splitrail.Gateway;

/// <summary>Settings <c>--Gateway:…</c>; times are time spans such as 00:00:00.300.</summary>
internal sealed class GatewayOptions
{
    public const string Section = "Gateway";

    public static readonly TimeSpan MaxDeadline = TimeSpan.FromMilliseconds(500);

    /// <summary>A recommendation is answered within it, whatever the others do.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMilliseconds(300);

    public StageTimeouts StageTimeouts { get; set; } = new();

    /// <summary>How many candidates are asked for; more when the request wants more items.</summary>
    public int CandidateCount { get; set; } = 300;

    /// <summary>Calls of one stage under way before further requests are gathered into the next one.</summary>
    public int CallsAtOnce { get; set; } = Math.Max(2, Environment.ProcessorCount);

    /// <summary>Requests that one call may carry.</summary>
    public int CallsGathered { get; set; } = 8;

    /// <summary>Where the popular list is kept; null keeps none.</summary>
    public string? StateDirectory { get; set; }

    public int PopularListSize { get; set; } = 500;

    public TimeSpan PopularListRefresh { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Seed of the sample of the catalogue that is served when there is no popular list.</summary>
    public int SampleSeed { get; set; } = 20;

    /// <summary>How long a user's context is kept; zero turns the cache off.</summary>
    public TimeSpan ContextCacheTtl { get; set; } = TimeSpan.FromSeconds(1);

    public int ContextCacheSize { get; set; } = 4096;

    /// <summary>How long lists that are the same for all guests are kept; zero turns the cache off.</summary>
    public TimeSpan ResponseCacheTtl { get; set; } = TimeSpan.FromSeconds(5);

    public int ResponseCacheSize { get; set; } = 1024;

    public int ExposureBatchSize { get; set; } = 200;

    /// <summary>Of exposures and of impressions.</summary>
    public TimeSpan ExposureBatchDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    public int ExposureBufferSize { get; set; } = 10_000;

    /// <summary>Share of the lists that are published with the features they were ranked by, for rankers to learn from; 0 publishes none but the interleaved ones.</summary>
    public double ImpressionShare { get; set; } = 0.2;

    /// <summary>Lists that wait to be published.</summary>
    public int ImpressionBufferSize { get; set; } = 2_000;

    /// <summary>A session that began as a guest's keeps its arms so long after a login, unless it ends before.</summary>
    public TimeSpan SessionLife { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How many sessions a replica remembers; of others it asks the state store.</summary>
    public int SessionCacheSize { get; set; } = 1 << 16;

    /// <summary>How long the broker may take for posted events, exposures and impressions.</summary>
    public TimeSpan PublishTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long users, stats and model may take: people and tools ask for them, no shopper waits.</summary>
    public TimeSpan BrowseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long similar, popular and search may take.</summary>
    public TimeSpan LookupTimeout { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long experiment-svc may take for a proxied request.</summary>
    public TimeSpan ProxyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Web sites whose pages may call the API from a browser, such as https://shop.example.com; none by default.</summary>
    public IReadOnlyList<string> CorsOrigins { get; set; } = [];

    public LimitOptions Limits { get; set; } = new();

    /// <summary>Opens previews of arms to who shows it, experiment-svc, which has the same one; null closes them.</summary>
    public string? PreviewKey { get; set; }

    /// <exception cref="OptionsFaultException">With one message per fault.</exception>
    public static GatewayOptions From(IConfiguration configuration)
    {
        var options = new GatewayOptions();
        try
        {
            configuration.GetSection(Section).Bind(options, static binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException unreadable)
        {
            throw new OptionsFaultException("gateway", [unreadable.Message]);
        }

        OptionsFaultException.ThrowIfAny("gateway", GatewayOptionsRules.FaultsOf(options));
        return options;
    }
}

/// <summary>
/// What each stage may take of the deadline, and what the stages before it left unused. The budgets to aim at are 10, 30 and 35 ms; these are where a
/// stage is given up.
/// </summary>
internal sealed class StageTimeouts
{
    public TimeSpan Context { get; set; } = TimeSpan.FromMilliseconds(80);

    public TimeSpan Candidates { get; set; } = TimeSpan.FromMilliseconds(120);

    public TimeSpan Ranking { get; set; } = TimeSpan.FromMilliseconds(120);

    /// <summary>Since the request's start.</summary>
    public TimeSpan CandidatesBy => Context + Candidates;

    /// <summary>Since the request's start.</summary>
    public TimeSpan RankingBy => CandidatesBy + Ranking;
}
