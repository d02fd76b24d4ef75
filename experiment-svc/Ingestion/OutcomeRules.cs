using System.Runtime.InteropServices;
using System.Text.Json;
using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.ExperimentSvc.Aggregates;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>From a member of a delivered batch to an outcome, or to what is wrong with it.</summary>
internal static class OutcomeRules
{
    public const int MostQuantity = 1_000_000;

    /// <summary>Five ids of full length and the numbers are below 2 kB.</summary>
    public const int MostBytes = 16 * 1024;

    /// <summary>The same bound as the gateway's: clocks of shops differ, also by their time zone.</summary>
    private static readonly TimeSpan s_ahead = TimeSpan.FromDays(1);

    public static IntakeFault? Read(JsonElement element, DateTimeOffset now, out Outcome? outcome)
    {
        outcome = null;
        var size = JsonMarshal.GetRawUtf8Value(element).Length;
        if (size > MostBytes)
            return new(QualityReasons.TooLarge, $"an event of {size} bytes is larger than {MostBytes}");
        ShopEvent? read;
        try
        {
            read = element.Deserialize(ContractsJson.Default.ShopEvent);
        }
        catch (JsonException broken)
        {
            return new(IsNoNumber(element) ? QualityReasons.NotANumber : QualityReasons.Unreadable, broken.Message);
        }

        if (read is null)
            return new(QualityReasons.Unreadable, "event is null");
        if (FaultOf(read, now) is { } fault)
            return fault;
        var amount = read.Type == EventTypes.Purchase ? (Int128)read.ValueMicros * read.Quantity : 0;
        if (amount > ExactSums.MostMicros)
            return new(QualityReasons.OutOfRange, $"a purchase of {amount} millionths is more than {ExactSums.MostMicros}");
        outcome = Outcome.Of(read, (long)amount);
        return null;
    }

    /// <summary>What a refused event is known by.</summary>
    public static RefusedEvent Refused(JsonElement element, IntakeFault fault)
    {
        var id = IdOf(element);
        return new RefusedEvent("", fault.Reason, ShopIds.IsKept(id) ? id : null, Outcome.Hash(JsonMarshal.GetRawUtf8Value(element)));
    }

    private static string? IdOf(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty("event_id", out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: valid JSON and no text.
            return null;
        }
    }

    private static IntakeFault? FaultOf(ShopEvent one, DateTimeOffset now)
    {
        if (!EventTypes.IsKnown(one.Type ?? ""))
            return new(QualityReasons.UnknownType, $"type '{one.Type}' is unknown");
        if (one is { UserId: null, SessionId: null })
            return new(QualityReasons.BadId, "user_id and session_id are both missing");
        if (one.ValueMicros < 0)
            return new(QualityReasons.NegativeValue, $"value_micros {one.ValueMicros} is negative");
        if (one.Quantity is < 1 or > MostQuantity)
            return new(QualityReasons.OutOfRange, $"quantity {one.Quantity} is not from 1 to {MostQuantity}");
        if (one.TimestampMs < 0)
            return new(QualityReasons.BadTime, $"timestamp_ms {one.TimestampMs} is before 1970");
        if (one.TimestampMs > (now + s_ahead).ToUnixTimeMilliseconds())
            return new(QualityReasons.FromTheFuture, $"timestamp_ms {one.TimestampMs} is more than a day ahead");
        return Id("event_id", one.EventId) ?? Id("item_id", one.ItemId) ?? Optional("user_id", one.UserId) ?? Optional("session_id", one.SessionId) ?? Optional("request_id", one.RequestId);
    }

    private static bool IsNoNumber(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
        && new[] { "value_micros", "quantity", "timestamp_ms" }.Any(name => element.TryGetProperty(name, out var member) && member.ValueKind is not JsonValueKind.Number);

    private static IntakeFault? Optional(string name, string? id) => id is null ? null : Id(name, id);

    private static IntakeFault? Id(string name, string? id) => DatasetIds.FaultOf(id) is { } fault ? new(QualityReasons.BadId, $"{name} {fault}") : null;
}
