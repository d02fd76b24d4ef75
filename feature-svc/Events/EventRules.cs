using Splitrail.Contracts;
using Splitrail.Datasets;

namespace Splitrail.FeatureSvc.Events;

/// <summary>
/// What an event must be to be stored. The gateway has checked it already; this is the last line before the table, for whoever else publishes.
/// </summary>
internal static class EventRules
{
    public const int MaxQuantity = 1_000_000;

    /// <summary>Clocks of shops differ a little; an event from next week would be everybody's last one for a week.</summary>
    private static readonly TimeSpan s_ahead = TimeSpan.FromDays(1);

    /// <summary>Why the event is refused; null when it is good.</summary>
    public static string? FaultOf(ShopEvent? shopEvent, DateTimeOffset now)
    {
        if (shopEvent is null)
            return "event is null";
        if (!EventTypes.IsKnown(shopEvent.Type ?? ""))
            return $"type '{shopEvent.Type}' is unknown";
        if (shopEvent is { UserId: null, SessionId: null })
            return "user_id and session_id are both missing";
        if (shopEvent.Quantity is < 1 or > MaxQuantity)
            return $"quantity {shopEvent.Quantity} is not from 1 to {MaxQuantity}";
        if (shopEvent.ValueMicros < 0)
            return $"value_micros {shopEvent.ValueMicros} is negative";
        if (shopEvent.TimestampMs < 0 || shopEvent.TimestampMs > (now + s_ahead).ToUnixTimeMilliseconds())
            return $"timestamp_ms {shopEvent.TimestampMs} is not between 1970 and tomorrow";
        return Id("event_id", shopEvent.EventId) ?? Id("item_id", shopEvent.ItemId) ?? Optional("user_id", shopEvent.UserId)
            ?? Optional("session_id", shopEvent.SessionId) ?? Optional("request_id", shopEvent.RequestId);
    }

    private static string? Optional(string name, string? id) => id is null ? null : Id(name, id);

    private static string? Id(string name, string? id) => DatasetIds.FaultOf(id) is { } fault ? $"{name} {fault}" : null;
}
