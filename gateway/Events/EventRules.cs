using System.Globalization;
using Splitrail.Contracts;
using Splitrail.Gateway.Input;
using Splitrail.Input;

namespace Splitrail.Gateway.Events;

/// <summary>From a posted event to the suite's own, or to the first thing that is wrong with it.</summary>
internal static class EventRules
{
    public const int MaxBatch = 1000;
    public const int MaxQuantity = 100_000;
    public const int MaxStars = 10;

    private static readonly string[] s_formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK"];
    private static readonly TimeSpan s_ahead = TimeSpan.FromHours(24);

    /// <param name="request">The event.</param>
    /// <param name="path">Stands before the names of members: empty, or such as <c>events[3].</c>.</param>
    /// <param name="now">For a missing timestamp and the bound of a given one.</param>
    /// <param name="made">The event when there is no fault.</param>
    public static InputFault? Read(EventRequest? request, string path, DateTimeOffset now, out ShopEvent? made)
    {
        made = null;
        if (request is null)
            return new InputFault(path.Length == 0 ? "body" : path.TrimEnd('.'), null, "must be an event");
        var badTime = ReadTime($"{path}timestamp", request.Timestamp, now, out var timestampMs);
        var fault = IdRule.FaultOfOptional($"{path}event_id", request.EventId)
            ?? FaultOfType($"{path}type", request.Type)
            ?? FaultOfUnit(path, request)
            ?? IdRule.FaultOf($"{path}item_id", request.ItemId)
            ?? badTime
            ?? FaultOfQuantity($"{path}quantity", request.Quantity)
            ?? FaultOfValue($"{path}value", request.Type!, request.Value)
            ?? IdRule.FaultOfOptional($"{path}request_id", request.RequestId);
        if (fault is not null)
            return fault;
        made = new ShopEvent(
            request.EventId ?? Guid.CreateVersion7(now).ToString("N"),
            request.Type!,
            request.UserId,
            request.SessionId,
            request.ItemId!,
            timestampMs,
            request.Quantity ?? 1,
            (long)decimal.Round((request.Value ?? 0) * 1_000_000),
            request.RequestId);
        return null;
    }

    private static InputFault? FaultOfType(string member, string? type) =>
        type is not null && EventTypes.IsKnown(type) ? null : new InputFault(member, type, $"must be one of {string.Join(", ", EventTypes.All)}");

    private static InputFault? FaultOfUnit(string path, EventRequest request) => request is { UserId: null, SessionId: null }
        ? new InputFault($"{path}user_id", null, "must be given when session_id is not")
        : IdRule.FaultOfOptional($"{path}user_id", request.UserId) ?? IdRule.FaultOfOptional($"{path}session_id", request.SessionId);

    private static InputFault? FaultOfQuantity(string member, int? quantity) =>
        quantity is < 1 or > MaxQuantity ? new InputFault(member, quantity, $"must be a whole number from 1 to {MaxQuantity}") : null;

    private static InputFault? FaultOfValue(string member, string type, decimal? value)
    {
        if (type == EventTypes.Rating && value is null or < 0 or > MaxStars)
            return new InputFault(member, value, $"must be the stars of the rating, from 0 to {MaxStars}");
        return value is < 0 or > FilterRules.MaxPrice ? new InputFault(member, value, $"must be from 0 to {FilterRules.MaxPrice}") : null;
    }

    private static InputFault? ReadTime(string member, string? text, DateTimeOffset now, out long timestampMs)
    {
        timestampMs = now.ToUnixTimeMilliseconds();
        if (text is null)
            return null;
        if (!DateTimeOffset.TryParseExact(text, s_formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return new InputFault(member, text, "must be an ISO 8601 time such as 2026-01-31T12:00:00Z");
        timestampMs = time.ToUnixTimeMilliseconds();
        if (timestampMs < 0)
            return new InputFault(member, text, "must not be before 1970");
        return time - now > s_ahead ? new InputFault(member, text, "must not be more than 24 hours in the future") : null;
    }
}
