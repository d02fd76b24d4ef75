using Splitrail.Models;

namespace Splitrail.Trainer.Training;

/// <summary>Counts <see cref="ItemStatistics"/> over the first events of a log.</summary>
internal static class ItemCounting
{
    private const long DayMs = 86_400_000;

    /// <summary>Buying again within the hour is the same visit, not a coming back.</summary>
    private const long SameVisitMs = 3_600_000;

    /// <summary>Ratings with which the shop's mean backs an item's own liked rate.</summary>
    private const float LikedPrior = 10f;

    /// <param name="log">The events.</param>
    /// <param name="events">How many of the first are counted.</param>
    /// <param name="asOfMs">Windows end here.</param>
    /// <param name="order">Catalogue position by model position.</param>
    /// <param name="position">Model position by catalogue position.</param>
    public static ItemStatistics Count(InteractionLog log, int events, long asOfMs, int[] order, int[] position)
    {
        var categories = log.Items.Select(static item => item.Category).Where(static category => category.Length > 0).Distinct().Order(StringComparer.Ordinal).ToArray();
        var firstEvent = new long[order.Length];
        Array.Fill(firstEvent, long.MaxValue);
        for (var e = events - 1; e >= 0; e--)
            firstEvent[position[log.Item[e]]] = log.TimeMs[e];
        return new ItemStatistics
        {
            AsOfMs = asOfMs,
            CountAll = Window(log, 0, events, position),
            Count365 = Window(log, log.CountBefore(asOfMs - 365 * DayMs), events, position),
            Count90 = Window(log, log.CountBefore(asOfMs - 90 * DayMs), events, position),
            Count30 = Window(log, log.CountBefore(asOfMs - 30 * DayMs), events, position),
            Count7 = Window(log, log.CountBefore(asOfMs - 7 * DayMs), events, position),
            LikedRate = LikedRates(log, events, position),
            FirstEventMs = firstEvent,
            LogPrice = Array.ConvertAll(order, item => log.Items[item].Price is > 0 and var price ? MathF.Log((float)price) : float.NaN),
            Category = Array.ConvertAll(order, item => Math.Max(-1, Array.BinarySearch(categories, log.Items[item].Category, StringComparer.Ordinal))),
            CategoryNames = categories,
            RepeatRate = RepeatRate(log, events),
        };
    }

    private static float[] Window(InteractionLog log, int from, int to, int[] position)
    {
        var counts = new float[position.Length];
        for (var e = from; e < to; e++)
            counts[position[log.Item[e]]] += Math.Max(0f, log.Weight[e]);
        return counts;
    }

    private static float[] LikedRates(InteractionLog log, int events, int[] position)
    {
        var rated = new float[position.Length];
        var liked = new float[position.Length];
        for (var e = 0; e < events; e++)
        {
            if (!log.Kind[e].HasFlag(LoggedKind.Rating))
                continue;
            rated[position[log.Item[e]]]++;
            if (log.Kind[e].HasFlag(LoggedKind.Bought))
                liked[position[log.Item[e]]]++;
        }

        var all = rated.Sum();
        if (all == 0)
        {
            Array.Fill(liked, 1f);
            return liked;
        }

        var mean = liked.Sum() / all;
        for (var i = 0; i < liked.Length; i++)
            liked[i] = (liked[i] + LikedPrior * mean) / (rated[i] + LikedPrior);
        return liked;
    }

    /// <summary>Share of purchases of something the subject had bought on an earlier visit; 1 where nothing is ever bought and so nothing is known.</summary>
    private static float RepeatRate(InteractionLog log, int events)
    {
        var last = new Dictionary<(int Subject, int Item), long>();
        var (bought, again) = (0, 0);
        for (var e = 0; e < events; e++)
        {
            if (!log.Kind[e].HasFlag(LoggedKind.Bought))
                continue;
            var key = (log.Subject[e], log.Item[e]);
            // Who rates what he bought has not bought it again.
            if (log.Kind[e].HasFlag(LoggedKind.Rating) && last.ContainsKey(key))
                continue;
            bought++;
            if (last.TryGetValue(key, out var before) && log.TimeMs[e] - before > SameVisitMs)
                again++;
            last[key] = log.TimeMs[e];
        }

        return bought == 0 ? 1f : again / (float)bought;
    }
}
