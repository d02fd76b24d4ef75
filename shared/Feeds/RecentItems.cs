using Splitrail.Contracts;

namespace Splitrail.Feeds;

/// <summary>What a shopper had to do with lately, as far as a request's filters leave it out.</summary>
public static class RecentItems
{
    private const long DayMs = 24 * 60 * 60 * 1000;

    /// <summary>False when no history can leave anything out.</summary>
    public static bool AreExcluded(ItemFilters filters) => filters.ExcludeBoughtDays > 0 || filters.ExcludeViewedDays > 0;

    public static bool Excludes(ItemFilters filters, HistoryItem past, long nowMs) =>
        (filters.ExcludeBoughtDays > 0 && past.LastBoughtMs >= nowMs - (filters.ExcludeBoughtDays * DayMs))
        || (filters.ExcludeViewedDays > 0 && past.LastMs >= nowMs - (filters.ExcludeViewedDays * DayMs));
}
