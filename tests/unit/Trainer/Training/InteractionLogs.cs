using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Trainer.Training;

namespace Splitrail.Tests.Unit.Trainer.Training;

/// <summary>Logs written by hand.</summary>
internal static class InteractionLogs
{
    public const long StartMs = 1_600_000_000_000;
    public const long DayMs = 86_400_000;

    public static InteractionLog Of(int items, params EventRow[] events) => InteractionLog.From(
        [.. Enumerable.Range(0, items).Select(i => new CatalogItem($"i{i}", $"Item {i}", i % 2 == 0 ? "even" : "", i == 0 ? null : i, null))],
        events.OrderBy(row => row.TimestampMs));

    public static EventRow Bought(string user, string item, double day) =>
        new(StartMs + (long)(day * DayMs), EventTypes.Purchase, user, null, item);

    public static EventRow Viewed(string user, string item, double day) =>
        new(StartMs + (long)(day * DayMs), EventTypes.View, user, null, item);

    public static EventRow Rated(string user, string item, double day, int stars) =>
        new(StartMs + (long)(day * DayMs), EventTypes.Rating, user, null, item, 1, stars * 1_000_000L);

    public static EventRow GuestBought(string session, string item, double day) =>
        new(StartMs + (long)(day * DayMs), EventTypes.Purchase, null, session, item);

    /// <summary>Two groups of users, each buying at random from its own half of the items.</summary>
    public static InteractionLog TwoTastes(int users = 200, int items = 40, int perUser = 8)
    {
        var random = new Random(3);
        return Of(items, [.. Enumerable.Range(0, users).SelectMany(user => Enumerable.Range(0, perUser)
            .Select(n => Bought($"u{user}", $"i{random.Next(items / 2) * 2 + user % 2}", random.NextDouble() * 100 + n)))]);
    }
}
