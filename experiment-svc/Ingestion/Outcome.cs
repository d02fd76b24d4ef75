using System.Text;
using Splitrail.Experiments;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>What a shopper did, as far as metrics need it.</summary>
/// <param name="EventId">Makes it idempotent.</param>
/// <param name="Type">One of <see cref="Contracts.EventTypes"/>.</param>
/// <param name="UserId">The user, when known.</param>
/// <param name="SessionId">The session; at least one of both is given.</param>
/// <param name="ItemId">The item.</param>
/// <param name="AtMs">Unix milliseconds.</param>
/// <param name="AmountMicros">What a purchase cost, in millionths; else 0.</param>
/// <param name="RequestId">The recommendation the shopper acted on.</param>
/// <param name="Content">A hash of the others: the same id with another content is another event.</param>
/// <param name="ArrivedMs">When it was stored.</param>
internal sealed record Outcome(
    string EventId, string Type, string? UserId, string? SessionId, string ItemId, long AtMs, long AmountMicros, string? RequestId, long Content, long ArrivedMs = 0)
{
    public const string Columns =
        "event_id AS EventId, type AS Type, user_id AS UserId, session_id AS SessionId, item_id AS ItemId, at_ms AS AtMs, amount_micros AS AmountMicros, request_id AS RequestId, "
        + "content AS Content, arrived_ms AS ArrivedMs";

    public static BulkTable<Outcome> Table { get; } = new("outcomes", "event_id",
    [
        new("event_id", static row => row.EventId),
        new("type", static row => row.Type),
        new("user_id", static row => row.UserId),
        new("session_id", static row => row.SessionId),
        new("item_id", static row => row.ItemId),
        new("at_ms", static row => row.AtMs),
        new("amount_micros", static row => row.AmountMicros),
        new("request_id", static row => row.RequestId),
        new("content", static row => row.Content),
        new("arrived_ms", static row => row.ArrivedMs),
    ]);

    public static Outcome Of(Contracts.ShopEvent one, long amountMicros) => new(
        one.EventId, one.Type, one.UserId, one.SessionId, one.ItemId, one.TimestampMs, amountMicros, one.RequestId,
        Hash($"{one.Type}|{one.UserId}|{one.SessionId}|{one.ItemId}|{one.TimestampMs}|{one.Quantity}|{one.ValueMicros}|{one.RequestId}"));

    public static long Hash(string text) => Hash(Encoding.UTF8.GetBytes(text));

    public static long Hash(ReadOnlySpan<byte> text) => unchecked((long)XxHash64.Of(text, 0));

    /// <summary>Units that it may be counted for.</summary>
    public IEnumerable<string> Units()
    {
        if (UserId is not null)
            yield return UnitKey.OfUser(UserId);
        if (SessionId is not null)
            yield return UnitKey.OfSession(SessionId);
    }
}
