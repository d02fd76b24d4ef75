using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Aggregates;
using Splitrail.ExperimentSvc.Metrics;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>
/// One person's quantities from all that is known of him. Nothing is added up as events arrive: an impression that comes after its click, or a click after its purchase, gives the same
/// numbers as in order.
/// </summary>
internal static class QuantityCounts
{
    public const long One = 1_000_000;

    private const long DayMs = 86_400_000;

    /// <param name="outcomes">Of one person; their order does not matter.</param>
    /// <param name="windowMs">How long after a click a purchase or cart belongs to it.</param>
    /// <returns>Millionths by <see cref="Quantity"/>.</returns>
    public static long[] Of(IReadOnlyCollection<Outcome> outcomes, long windowMs)
    {
        var shown = Shown(outcomes);
        var (clicked, clicks) = Clicked(outcomes, shown);
        var (carts, purchases, attributed, revenue) = (0L, 0L, default(Int128), default(Int128));
        HashSet<long> orders = [];
        HashSet<long> days = [];
        HashSet<string> viewed = new(StringComparer.Ordinal);
        foreach (var outcome in outcomes)
        {
            days.Add(outcome.AtMs / DayMs);
            if (outcome.Type is EventTypes.View or EventTypes.Click)
                viewed.Add(outcome.ItemId);
            if (outcome.Type == EventTypes.Purchase)
            {
                orders.Add(outcome.AtMs);
                revenue += outcome.AmountMicros;
            }

            if (outcome.Type is not (EventTypes.Purchase or EventTypes.AddToCart) || !IsAttributed(outcome, clicks, windowMs))
                continue;
            if (outcome.Type == EventTypes.AddToCart)
            {
                carts++;
            }
            else
            {
                purchases++;
                attributed += outcome.AmountMicros;
            }
        }

        var values = new long[Enum.GetValues<Quantity>().Length];
        values[(int)Quantity.Impressions] = shown.Count * One;
        values[(int)Quantity.Clicks] = clicked * One;
        values[(int)Quantity.Carts] = carts * One;
        values[(int)Quantity.Purchases] = purchases * One;
        values[(int)Quantity.Converted] = purchases > 0 ? One : 0;
        values[(int)Quantity.AttributedRevenue] = Bounded(attributed);
        values[(int)Quantity.Revenue] = Bounded(revenue);
        values[(int)Quantity.Orders] = orders.Count * One;
        values[(int)Quantity.ActiveDays] = days.Count * One;
        values[(int)Quantity.ItemsViewed] = viewed.Count * One;
        values[(int)Quantity.ItemsShown] = shown.Keys.Select(static key => key.Item).Distinct(StringComparer.Ordinal).Count() * One;
        return values;
    }

    /// <summary>Items of recommendations, and when each was shown first.</summary>
    public static Dictionary<(string Request, string Item), long> Shown(IEnumerable<Outcome> outcomes)
    {
        Dictionary<(string Request, string Item), long> shown = [];
        foreach (var outcome in outcomes)
        {
            if (outcome is not { Type: EventTypes.Impression, RequestId: { } request })
                continue;
            var key = (request, outcome.ItemId);
            shown[key] = shown.TryGetValue(key, out var before) ? Math.Min(before, outcome.AtMs) : outcome.AtMs;
        }

        return shown;
    }

    /// <summary>How many of them were clicked, and the clicks of each item.</summary>
    private static (long Clicked, Dictionary<string, List<long>> Clicks) Clicked(IEnumerable<Outcome> outcomes, Dictionary<(string Request, string Item), long> shown)
    {
        HashSet<(string Request, string Item)> clicked = [];
        Dictionary<string, List<long>> clicks = new(StringComparer.Ordinal);
        foreach (var outcome in outcomes)
        {
            if (outcome is not { Type: EventTypes.Click, RequestId: { } request } || !shown.TryGetValue((request, outcome.ItemId), out var at) || at > outcome.AtMs)
                continue;
            clicked.Add((request, outcome.ItemId));
            if (!clicks.TryGetValue(outcome.ItemId, out var times))
                clicks.Add(outcome.ItemId, times = []);
            times.Add(outcome.AtMs);
        }

        return (clicked.Count, clicks);
    }

    private static bool IsAttributed(Outcome outcome, Dictionary<string, List<long>> clicks, long windowMs) =>
        clicks.TryGetValue(outcome.ItemId, out var times) && times.Exists(click => click <= outcome.AtMs && outcome.AtMs - click <= windowMs);

    private static long Bounded(Int128 micros) => (long)Int128.Min(micros, ExactSums.MostMicros);
}
