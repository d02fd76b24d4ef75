using Splitrail.Contracts;
using Splitrail.Sql;

namespace Splitrail.FeatureSvc.Events;

/// <param name="Event">What happened.</param>
/// <param name="Seq">Number of the transaction that stores it: it grows with every batch, so the largest one is a context's version.</param>
internal readonly record struct StoredEvent(ShopEvent Event, long Seq);

/// <summary>How an event lies in SQL.</summary>
internal static class EventTable
{
    /// <summary>Name of the counter that numbers the transactions.</summary>
    public const string Counter = "events";

    public static BulkTable<StoredEvent> Columns { get; } = new("events", "event_id",
    [
        new("event_id", static row => row.Event.EventId),
        new("type", static row => row.Event.Type),
        new("user_id", static row => row.Event.UserId),
        new("session_id", static row => row.Event.SessionId),
        new("item_id", static row => row.Event.ItemId),
        new("at_ms", static row => row.Event.TimestampMs),
        new("quantity", static row => row.Event.Quantity),
        new("value_micros", static row => row.Event.ValueMicros),
        new("request_id", static row => row.Event.RequestId),
        new("seq", static row => row.Seq),
    ]);
}
