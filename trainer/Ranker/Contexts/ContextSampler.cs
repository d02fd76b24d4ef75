using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Features;
using Splitrail.Randomness;

namespace Splitrail.Trainer.Ranker.Contexts;

/// <summary>
/// Draws contexts out of a window after a cut-off. One ranker serves strangers, guests and known users, so it has to see all of them: known users
/// with all their history, in the middle of a visit, or cut down to nothing, one or three events as a new user would have; guests after their
/// first few items, told by the request or by the event log.
/// </summary>
/// <param name="maxUsers">Known users of a window at most.</param>
/// <param name="maxGuests">Guest sessions of a window at most.</param>
/// <param name="seed">The same seed draws the same contexts.</param>
internal sealed class ContextSampler(int maxUsers, int maxGuests, int seed)
{
    private static readonly int[] s_guestItems = [0, 1, 1, 2, 3, 5];

    /// <param name="log">All events; those from <paramref name="endMs"/> on are not looked at.</param>
    /// <param name="cutoffMs">Models know what happened before this.</param>
    /// <param name="endMs">End of the window, exclusive.</param>
    public IReadOnlyList<RankingContext> Sample(ShopLog log, long cutoffMs, long endMs)
    {
        var contexts = new List<RankingContext>();
        var salt = SplitMix64.Mix((ulong)cutoffMs + (ulong)seed);
        foreach (var guests in new[] { false, true })
        {
            contexts.AddRange(log.Shoppers
                .Where(shopper => shopper.IsGuest == guests)
                .Select(shopper => new Visit(shopper, shopper.FirstFrom(cutoffMs), shopper.FirstFrom(endMs), salt))
                .Where(visit => visit.Start < visit.End)
                .OrderBy(visit => visit.Hash)
                .Take(guests ? maxGuests : maxUsers)
                .SelectMany(visit => guests ? Guest(visit) : Known(visit, cutoffMs))
                .Where(context => context.Wanted.Count > 0));
        }

        return contexts;
    }

    private static IEnumerable<RankingContext> Known(Visit visit, long cutoffMs)
    {
        yield return At(visit, 0, visit.Start, cutoffMs);
        var middle = visit.Start + Chance(visit.Hash >> 8, visit.End - visit.Start);
        yield return Chance(visit.Hash, 5) switch
        {
            0 or 1 => At(visit, 0, middle, visit.Shopper.Events[middle].TimestampMs),
            2 => At(visit, visit.Start - 1, visit.Start, cutoffMs),
            3 => At(visit, visit.Start - 3, visit.Start, cutoffMs),
            _ => At(visit, visit.Start, visit.Start, cutoffMs),
        };
    }

    private static RankingContext At(Visit visit, int from, int split, long nowMs) => new(
        visit.Unit, History(visit.Shopper.Events, Math.Max(0, from), split), [], nowMs, Wanted(visit.Shopper.Events, split, visit.End));

    private static IEnumerable<RankingContext> Guest(Visit visit)
    {
        var items = s_guestItems[Chance(visit.Hash, s_guestItems.Length)];
        yield return Guest(visit, items, told: Chance(visit.Hash >> 8, 2) == 0);
    }

    /// <param name="visit">The session.</param>
    /// <param name="items">How many distinct items of it are known.</param>
    /// <param name="told">By the request; else by the event log.</param>
    private static RankingContext Guest(Visit visit, int items, bool told)
    {
        var events = visit.Shopper.Events;
        var seen = new List<string>();
        var split = visit.Start;
        for (; split < visit.End && (seen.Count < items || seen.Contains(events[split].ItemId)); split++)
        {
            if (!seen.Contains(events[split].ItemId))
                seen.Add(events[split].ItemId);
        }

        var now = events[Math.Min(split, visit.End - 1)].TimestampMs;
        var wanted = Wanted(events, split, visit.End);
        wanted.ExceptWith(seen);
        return told
            ? new RankingContext(visit.Unit, UserContext.Empty, seen, now, wanted)
            : new RankingContext(visit.Unit, History(events, visit.Start, split), [], now, wanted);
    }

    private static UserContext History(List<EventRow> events, int from, int to)
    {
        var builder = new UserContextBuilder();
        for (var i = from; i < to; i++)
            builder.Add(events[i]);
        return builder.Build();
    }

    private static HashSet<string> Wanted(List<EventRow> events, int from, int to)
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        for (var i = from; i < to; i++)
        {
            if (EventWeights.Of(events[i].Type, events[i].ValueMicros) > 0)
                wanted.Add(events[i].ItemId);
        }

        return wanted;
    }

    private static int Chance(ulong hash, int outcomes) => (int)(SplitMix64.Mix(hash) % (ulong)outcomes);

    /// <summary>A shopper's events within the window, and the hash all choices about it come from.</summary>
    private sealed record Visit(Shopper Shopper, int Start, int End, ulong Salt)
    {
        public ulong Unit { get; } = SplitMix64.Hash(Shopper.Id);

        public ulong Hash => SplitMix64.Mix(Unit ^ Salt);
    }
}
