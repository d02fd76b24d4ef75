using Splitrail.Datasets;
using Splitrail.Randomness;

namespace Splitrail.Trainer.DemoShop;

/// <summary>
/// The people and the items of a made shop, drawn anew from its seed: its known users have the tastes their history comes from, and guests beyond those of the history
/// are new ones from the same population. So that somebody may shop on, and what he is shown can be held against what he likes.
/// </summary>
internal sealed class DemoPopulation
{
    private readonly DemoShopOptions _options;
    private readonly Tastes _tastes;
    private readonly DemoItem[] _items;
    private readonly Dictionary<string, int> _numbers;
    private readonly Visit _visit;

    public DemoPopulation(DemoShopOptions options)
    {
        _options = options.Validated();
        var random = SplitMix64.Stream(options.Seed, Streams.Styles);
        _tastes = new Tastes(DemoCategory.All.Count, ref random);
        _items = new DemoCatalogue(options, _tastes).Make();
        _numbers = Enumerable.Range(0, _items.Length).ToDictionary(item => _items[item].Listing.ItemId, static item => item, StringComparer.Ordinal);
        _visit = new Visit(_items, new DemandCalendar(_items, options.Days));
    }

    /// <summary>Null for an item that the shop does not have.</summary>
    public DemoItem? Find(string itemId) => _numbers.TryGetValue(itemId, out var item) ? _items[item] : null;

    /// <summary>A known user, with the taste and the favourites of his history.</summary>
    /// <param name="number">From 0.</param>
    public Shopper User(int number)
    {
        var random = SplitMix64.Stream(_options.Seed, Streams.User(number));
        return Shopper.Draw(_tastes, ref random);
    }

    /// <summary>A guest who is not in the history.</summary>
    /// <param name="number">From 0.</param>
    public Shopper NewGuest(int number)
    {
        var random = SplitMix64.Stream(_options.Seed, Streams.Guest(_options.Guests + number));
        return Shopper.Draw(_tastes, ref random);
    }

    /// <summary>A visit on the day after the history, as the history's are.</summary>
    /// <param name="who">Remembers what is opened and bought.</param>
    /// <param name="looks">Items to look at.</param>
    /// <param name="random">The visit's stream.</param>
    /// <returns>What happened, in order; without ids of user and session.</returns>
    public IReadOnlyList<EventRow> Walk(Shopper who, int looks, ref SplitMix64 random)
    {
        var events = new List<EventRow>();
        _visit.Walk(who, _options.Days - 1, 0, looks, events.Add, ref random);
        return events;
    }
}
