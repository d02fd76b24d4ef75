using Splitrail.Models;
using Splitrail.RankingSvc.Rankers;

namespace Splitrail.RankingSvc.ReRankers;

/// <summary>How old an item is: the time since anybody first had to do with it, as the model saw it.</summary>
internal static class ItemAge
{
    /// <summary>Days, 0 for an item that the model does not know or that nobody had to do with.</summary>
    public static double DaysOf(in Offer offer, ItemStatistics statistics, long nowMs)
    {
        var first = offer.Position < 0 ? long.MaxValue : statistics.FirstEventMs[offer.Position];
        return first >= nowMs ? 0 : (nowMs - first) / (double)TimeSpan.MillisecondsPerDay;
    }
}
