using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Randomness;

namespace Splitrail.Trainer.DemoShop;

/// <summary>
/// One visit: it has an intent (a category and a direction of taste) that every opened item pulls towards itself, so that items of one visit are related
/// and a single click says something. Each look chooses the best of a handful drawn by the day's demand, then walks down the funnel
/// view, click, add_to_cart; the cart is bought or left at the end.
/// </summary>
internal sealed class Visit(DemoItem[] items, DemandCalendar demand)
{
    private const int Handful = 8;
    private const double Noise = 0.9;

    /// <summary>How far an opened item pulls the visit's intent towards itself.</summary>
    public const double PullOfOpened = 0.25;

    private const double ChanceOfReturn = 0.15;
    private const double ChanceOfNeighbour = 0.14;
    private const double ChanceOfElsewhere = 0.12;

    /// <param name="who">User or guest, changed by what happens.</param>
    /// <param name="day">Day of the history.</param>
    /// <param name="startMs">Unix milliseconds of the first event.</param>
    /// <param name="looks">Items to look at.</param>
    /// <param name="add">Called with type, item, time, quantity and value of each event, in order of time.</param>
    /// <param name="random">The shopper's stream.</param>
    public void Walk(Shopper who, int day, long startMs, int looks, Action<EventRow> add, ref SplitMix64 random)
    {
        var intent = (double[])who.Taste.Clone();
        var category = who.DrawCategory(ref random);
        var seen = new HashSet<int>();
        var cart = new List<int>();
        var time = startMs;
        for (var look = 0; look < looks; look++)
        {
            var item = look == 0 && Return(who, ref random) is { } known ? known : Choose(who, intent, category, day, ref random);
            if (look == 0) category = items[item].Category;
            if (!seen.Add(item)) continue;
            Look(who, item, intent, cart, ref time, add, ref random);
        }
        CheckOut(who, cart, ref time, add, ref random);
    }

    private static int? Return(Shopper who, ref SplitMix64 random)
    {
        if (who.Opened.Count == 0 || random.NextDouble() >= ChanceOfReturn) return null;
        var recent = Math.Min(5, who.Opened.Count);
        var item = who.Opened[^(1 + random.NextInt(recent))];
        return who.Bought.Contains(item) ? null : item;
    }

    private int Choose(Shopper who, double[] intent, int category, int day, ref SplitMix64 random)
    {
        var where = random.NextDouble();
        var elsewhere = where < ChanceOfElsewhere;
        if (!elsewhere && where < ChanceOfElsewhere + ChanceOfNeighbour) category = CategoryChoice.DrawNeighbour(category, ref random);
        var (best, bestScore) = (-1, double.NegativeInfinity);
        for (var i = 0; i < Handful; i++)
        {
            var item = elsewhere ? demand.DrawFromShop(day, ref random) : demand.Draw(category, day, ref random);
            var score = Appeal(who, item, intent) + (Noise * random.NextNormal());
            if (who.Bought.Contains(item)) score -= 4;
            if (score > bestScore) (best, bestScore) = (item, score);
        }
        return best;
    }

    private double Appeal(Shopper who, int item, double[] intent) => ClickModel.Appeal(who, items[item], intent);

    private void Look(Shopper who, int item, double[] intent, List<int> cart, ref long time, Action<EventRow> add, ref SplitMix64 random)
    {
        var appeal = Appeal(who, item, intent);
        add(Event(EventTypes.View, item, time));
        time += 3_000 + random.NextInt(40_000);
        if (random.NextDouble() >= ClickModel.ChanceOfClick(appeal)) return;
        add(Event(EventTypes.Click, item, time));
        who.Opened.Add(item);
        Tastes.Add(intent, items[item].Character, PullOfOpened);
        time += 5_000 + random.NextInt(90_000);
        if (random.NextDouble() >= ClickModel.ChanceOfCart(who, items[item], appeal)) return;
        add(Event(EventTypes.AddToCart, item, time));
        cart.Add(item);
        time += 2_000 + random.NextInt(30_000);
    }

    private void CheckOut(Shopper who, List<int> cart, ref long time, Action<EventRow> add, ref SplitMix64 random)
    {
        if (cart.Count == 0 || random.NextDouble() >= 0.5) return;
        time += 20_000 + random.NextInt(120_000);
        foreach (var item in cart)
        {
            var quantity = random.NextDouble() < 0.8 ? 1 : 2 + random.NextInt(3);
            add(Event(EventTypes.Purchase, item, time) with { Quantity = quantity, ValueMicros = (long)(items[item].Listing.Price!.Value * 1_000_000m) });
            who.Bought.Add(item);
        }
    }

    private EventRow Event(string type, int item, long time) => new(time, type, null, null, items[item].Listing.ItemId);
}
