using System.Runtime.InteropServices;
using Splitrail.Policies;
using Splitrail.Randomness;

namespace Splitrail.RankingSvc.ReRankers;

/// <summary>
/// A share of the places, spread evenly and never the first, goes to items that are new and would not have been shown: each that is new enough is drawn with the same chance. The draw depends on the
/// seed, the shopper and the hour, so that a list does not change from one page to the next.
/// </summary>
internal sealed class ExplorationReRanker(RankingMetrics metrics) : IReRanker
{
    public const double DefaultShare = 0.1;
    public const double DefaultMaxAgeDays = 14;
    private const long HourMs = 60 * 60 * 1000;

    public string Name => ReRankerNames.Exploration;

    public void ReRank(Slate slate, in ReRankCase about)
    {
        var share = about.Options.ExplorationShare ?? DefaultShare;
        var chance = Chance(about);
        var phase = chance.NextDouble();
        var fresh = Fresh(slate, about);
        var explored = 0;
        for (var rank = 1; rank < slate.Wanted && explored < fresh.Count; rank++)
        {
            if (!IsForNew(rank, share, phase))
                continue;
            var drawn = explored + chance.NextInt(fresh.Count - explored);
            (fresh[explored], fresh[drawn]) = (fresh[drawn], fresh[explored]);
            slate.Drawn[fresh[explored]] = 1f / fresh.Count;
            slate.Move(slate.Order.IndexOf(fresh[explored]), rank);
            explored++;
        }

        metrics.Explored(explored);
    }

    /// <summary>Every 1/share-th rank, beginning anywhere.</summary>
    internal static bool IsForNew(int rank, double share, double phase) => Math.Floor(((rank + 1) * share) + phase) > Math.Floor((rank * share) + phase);

    /// <summary>Places of new items beyond those that are shown anyway.</summary>
    private static List<int> Fresh(Slate slate, in ReRankCase about)
    {
        var maxAge = about.Options.ExplorationMaxAgeDays ?? DefaultMaxAgeDays;
        var (statistics, nowMs) = (about.State.Bundle.Statistics, about.Request.NowMs);
        var offers = CollectionsMarshal.AsSpan(slate.Offers);
        var fresh = new List<int>();
        foreach (var place in slate.Order[slate.Wanted..])
        {
            if (ItemAge.DaysOf(offers[place], statistics, nowMs) <= maxAge)
                fresh.Add(place);
        }

        return fresh;
    }

    private static SplitMix64 Chance(in ReRankCase about) => SplitMix64.Stream(
        SplitMix64.Hash(about.Options.ExplorationSeed) ^ SplitMix64.Mix(SplitMix64.Hash(about.Request.Unit)), (ulong)(about.Request.NowMs / HourMs));
}
