using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Randomness;

namespace Splitrail.Trainer.DemoShop;

/// <summary>
/// Stars for what was bought, given within the hour: by how it suits the taste and the purse, by how good the thing is, and by the mood. Drawn from streams of their own, so that nobody shops differently for having rated.
/// </summary>
internal sealed class Reviews
{
    private const double ShareReviewed = 0.6;
    private const double Usual = 2.4;
    private const double OfAppeal = 0.5;
    private const double OfQuality = 0.45;
    private const double OfMood = 0.6;
    private const int SoonestMs = 300_000;
    private const int WithinMs = 3_000_000;

    private readonly Dictionary<string, DemoItem> _items;
    private readonly Dictionary<string, double> _quality;

    public Reviews(DemoItem[] items, ulong seed)
    {
        _items = items.ToDictionary(static item => item.Listing.ItemId, StringComparer.Ordinal);
        var random = SplitMix64.Stream(seed, Streams.Quality);
        _quality = items.ToDictionary(static item => item.Listing.ItemId, _ => random.NextNormal(), StringComparer.Ordinal);
    }

    /// <param name="who">Who bought.</param>
    /// <param name="bought">The purchases of one visit.</param>
    /// <param name="add">Called with each rating.</param>
    /// <param name="random">The shopper's stream of reviews.</param>
    public void Write(Shopper who, IReadOnlyList<EventRow> bought, Action<EventRow> add, ref SplitMix64 random)
    {
        foreach (var purchase in bought)
        {
            if (random.NextDouble() >= ShareReviewed) continue;
            var item = _items[purchase.ItemId];
            var liking = Usual + (OfAppeal * ClickModel.Appeal(who, item, who.Taste)) + (OfQuality * _quality[purchase.ItemId]) + (OfMood * random.NextNormal());
            var stars = (long)Math.Clamp(Math.Floor(liking + 0.5), 1, 5);
            add(purchase with { Type = EventTypes.Rating, TimestampMs = purchase.TimestampMs + SoonestMs + random.NextInt(WithinMs), Quantity = 1, ValueMicros = stars * 1_000_000 });
        }
    }
}
