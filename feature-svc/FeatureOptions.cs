using System.Globalization;
using Splitrail.Hosting;
using Splitrail.Sql;

namespace Splitrail.FeatureSvc;

/// <summary>Settings of section <c>FeatureSvc</c>.</summary>
/// <param name="Sql">Where catalogue and events are; default the SQLite file <c>.state/feature-svc.db</c>.</param>
/// <param name="Dataset">Dataset folder to load at start; null loads none.</param>
/// <param name="ContextCacheSize">Users and sessions whose context is kept in memory.</param>
/// <param name="ContextTtl">Longest time an event that another replica stored may stay unseen.</param>
/// <param name="CatalogRefresh">How often the catalogue in memory is compared with the database.</param>
internal sealed record FeatureOptions(SqlOptions Sql, string? Dataset, int ContextCacheSize, TimeSpan ContextTtl, TimeSpan CatalogRefresh)
{
    public const string Section = "FeatureSvc";

    /// <exception cref="OptionsFaultException">Something is wrong; the message lists every fault.</exception>
    public static FeatureOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        List<string> faults = [];
        var options = new FeatureOptions(
            SqlOptions.From(section, Path.Combine(".state", "feature-svc.db"), faults),
            section["Dataset"] is { Length: > 0 } dataset ? dataset : null,
            Count(section, nameof(ContextCacheSize), 20_000, faults),
            Span(section, nameof(ContextTtl), TimeSpan.FromSeconds(1), faults),
            Span(section, nameof(CatalogRefresh), TimeSpan.FromMilliseconds(250), faults));
        OptionsFaultException.ThrowIfAny(Contracts.AppIds.Feature, faults);
        return options;
    }

    private static int Count(IConfigurationSection section, string name, int fallback, List<string> faults)
    {
        if (section[name] is not { Length: > 0 } text)
            return fallback;
        if (int.TryParse(text, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= 10_000_000)
            return count;
        faults.Add($"{section.Path}:{name} is '{text}': give a whole number from 1 to 10000000, such as {fallback}.");
        return fallback;
    }

    private static TimeSpan Span(IConfigurationSection section, string name, TimeSpan fallback, List<string> faults)
    {
        if (section[name] is not { Length: > 0 } text)
            return fallback;
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span >= TimeSpan.FromMilliseconds(10) && span <= TimeSpan.FromMinutes(1))
            return span;
        faults.Add($"{section.Path}:{name} is '{text}': give a time span from 00:00:00.010 to 00:01:00, such as {fallback:c}.");
        return fallback;
    }
}
