using Splitrail.Gateway.Browsers;

namespace Splitrail.Gateway;

/// <summary>What the options must keep to; one message per fault.</summary>
internal static class GatewayOptionsRules
{
    private const int LeastKey = 16;

    private static readonly TimeSpan s_millisecond = TimeSpan.FromMilliseconds(1);

    public static IReadOnlyList<string> FaultsOf(GatewayOptions options)
    {
        List<string> faults = [];
        Between(faults, nameof(options.Deadline), options.Deadline, TimeSpan.FromMilliseconds(10), GatewayOptions.MaxDeadline);
        Between(faults, "StageTimeouts:Context", options.StageTimeouts.Context, s_millisecond, options.Deadline);
        Between(faults, "StageTimeouts:Candidates", options.StageTimeouts.Candidates, s_millisecond, options.Deadline);
        Between(faults, "StageTimeouts:Ranking", options.StageTimeouts.Ranking, s_millisecond, options.Deadline);
        Between(faults, nameof(options.CandidateCount), options.CandidateCount, 1, 5_000);
        Between(faults, nameof(options.CallsAtOnce), options.CallsAtOnce, 1, 10_000);
        Between(faults, nameof(options.CallsGathered), options.CallsGathered, 1, 64);
        Between(faults, nameof(options.PopularListSize), options.PopularListSize, 1, 10_000);
        Between(faults, nameof(options.PopularListRefresh), options.PopularListRefresh, TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1));
        Between(faults, nameof(options.ContextCacheTtl), options.ContextCacheTtl, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Between(faults, nameof(options.ContextCacheSize), options.ContextCacheSize, 1, 1 << 20);
        Between(faults, nameof(options.ResponseCacheTtl), options.ResponseCacheTtl, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Between(faults, nameof(options.ResponseCacheSize), options.ResponseCacheSize, 1, 1 << 20);
        Between(faults, nameof(options.ExposureBatchSize), options.ExposureBatchSize, 1, 10_000);
        Between(faults, nameof(options.ExposureBatchDelay), options.ExposureBatchDelay, s_millisecond, TimeSpan.FromSeconds(10));
        Between(faults, nameof(options.ExposureBufferSize), options.ExposureBufferSize, options.ExposureBatchSize, 1_000_000);
        Between(faults, nameof(options.ImpressionShare), options.ImpressionShare, 0, 1);
        Between(faults, nameof(options.ImpressionBufferSize), options.ImpressionBufferSize, 1, 100_000);
        Between(faults, nameof(options.SessionLife), options.SessionLife, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30));
        Between(faults, nameof(options.SessionCacheSize), options.SessionCacheSize, 1, 1 << 22);
        Between(faults, nameof(options.PublishTimeout), options.PublishTimeout, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        Between(faults, nameof(options.LookupTimeout), options.LookupTimeout, TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(10));
        Between(faults, nameof(options.BrowseTimeout), options.BrowseTimeout, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        Between(faults, nameof(options.ProxyTimeout), options.ProxyTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10));
        faults.AddRange(BrowserOrigins.FaultsOf(options.CorsOrigins));
        faults.AddRange(options.Limits.Faults());
        if (options.PreviewKey is { Length: < LeastKey } key)
            faults.Add($"{GatewayOptions.Section}:{nameof(options.PreviewKey)} has {key.Length} characters: give {LeastKey} or more random ones, the same as ExperimentSvc:PreviewKey.");
        return faults;
    }

    private static void Between<T>(List<string> faults, string name, T value, T min, T max)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
            faults.Add($"{GatewayOptions.Section}:{name} is '{value}'; give a value from {min} to {max}.");
    }
}
