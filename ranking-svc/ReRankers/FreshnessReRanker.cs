using System.Runtime.InteropServices;
using Splitrail.Policies;

namespace Splitrail.RankingSvc.ReRankers;

/// <summary>A score is worth 1 + weight x 2^(-age / half-life) times as much.</summary>
internal sealed class FreshnessReRanker : IReRanker
{
    public const double DefaultWeight = 0.2;
    public const double DefaultHalfLifeDays = 30;

    public string Name => ReRankerNames.Freshness;

    public void ReRank(Slate slate, in ReRankCase about)
    {
        var weight = about.Options.FreshnessWeight ?? DefaultWeight;
        var halfLife = about.Options.FreshnessHalfLifeDays ?? DefaultHalfLifeDays;
        var (statistics, nowMs) = (about.State.Bundle.Statistics, about.Request.NowMs);
        var offers = CollectionsMarshal.AsSpan(slate.Offers);
        for (var place = 0; place < offers.Length; place++)
            slate.Lift(place, (float)(1 + (weight * Math.Pow(2, -ItemAge.DaysOf(offers[place], statistics, nowMs) / halfLife))));
        slate.Sort();
    }
}
