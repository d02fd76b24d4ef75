using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Features;
using Splitrail.Randomness;
using Splitrail.Trainer.Ranker.Contexts;

namespace Splitrail.Trainer.Evaluation;

/// <summary>
/// A dataset cut in time: models learn from what happened before the moment by which a share of the events have happened, and are asked what
/// happened after it. A cut by events rather than by the calendar leaves both sides enough to do in shops that grow or die away.
/// </summary>
internal sealed class TemporalSplit
{
    private readonly ShopLog _log;
    private readonly EventRow[] _events;

    /// <param name="events">By time.</param>
    /// <param name="cutMs">Where to cut.</param>
    public TemporalSplit(EventRow[] events, long cutMs)
    {
        _events = events;
        _log = ShopLog.Of(events);
        CutMs = cutMs;
    }

    /// <summary>Cuts at the moment by which a share of the events have happened.</summary>
    public static TemporalSplit At(EventRow[] events, double trainShare) => new(events, ShopLog.Of(events).MomentAt(trainShare));

    /// <summary>Unix milliseconds; training is before, the test from here on.</summary>
    public long CutMs { get; }

    public IEnumerable<EventRow> TrainingEvents => _events.TakeWhile(row => row.TimestampMs < CutMs);

    /// <summary>Known users with something wanted after the cut, with what was known of them at the cut (nothing for new users).</summary>
    public IReadOnlyList<RankingContext> Users() =>
        [.. _log.Shoppers.Where(static shopper => !shopper.IsGuest).Select(UserAtCut).Where(static context => context.Wanted.Count > 0)];

    /// <summary>Guest sessions after the cut, given their first so many distinct items; wanted is the rest.</summary>
    public IReadOnlyList<RankingContext> Guests(int given) =>
        [.. _log.Shoppers.Where(shopper => shopper.IsGuest && shopper.FirstFrom(CutMs) == 0)
            .Select(shopper => GuestAfter(shopper, given))
            .Where(static context => context.Wanted.Count > 0)];

    private RankingContext UserAtCut(Shopper shopper)
    {
        var split = shopper.FirstFrom(CutMs);
        var builder = new UserContextBuilder();
        foreach (var row in shopper.Events.Take(split))
            builder.Add(row);
        return new RankingContext(SplitMix64.Hash(shopper.Id), builder.Build(), [], CutMs, Liked(shopper.Events.Skip(split)));
    }

    private static RankingContext GuestAfter(Shopper shopper, int given)
    {
        var distinct = shopper.Events.Select(static row => row.ItemId).Distinct(StringComparer.Ordinal).ToArray();
        var session = distinct.Take(given).ToArray();
        var wanted = Liked(shopper.Events);
        wanted.ExceptWith(session);
        return new RankingContext(SplitMix64.Hash(shopper.Id), UserContext.Empty, session, shopper.Events[0].TimestampMs, wanted);
    }

    private static HashSet<string> Liked(IEnumerable<EventRow> events) =>
        [.. events.Where(static row => EventWeights.Of(row.Type, row.ValueMicros) > 0).Select(static row => row.ItemId)];
}
