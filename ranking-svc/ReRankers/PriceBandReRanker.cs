using System.Runtime.InteropServices;
using Splitrail.Policies;

namespace Splitrail.RankingSvc.ReRankers;

/// <summary>
/// A price within usual / band and usual x band of what the shopper pays (<see cref="UsualPrice"/>) costs nothing, one outside of it the weight as a part of
/// the score. Of whom no price is known, nothing changes; so does an item without one.
/// </summary>
internal sealed class PriceBandReRanker : IReRanker
{
    public const double DefaultBand = 2;
    public const double DefaultWeight = 0.2;

    public string Name => ReRankerNames.PriceBand;

    public void ReRank(Slate slate, in ReRankCase about)
    {
        var usual = UsualPrice.LogOf(about);
        if (float.IsNaN(usual))
            return;
        var reach = (float)Math.Log(about.Options.PriceBand ?? DefaultBand);
        var rest = (float)(1 - (about.Options.PriceWeight ?? DefaultWeight));
        var offers = CollectionsMarshal.AsSpan(slate.Offers);
        for (var place = 0; place < offers.Length; place++)
        {
            if (MathF.Abs(offers[place].LogPrice - usual) > reach)
                slate.Lift(place, Math.Max(rest, float.Epsilon));
        }

        slate.Sort();
    }
}
