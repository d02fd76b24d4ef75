namespace Splitrail.Gateway.Events;

/// <summary>One event of <c>POST /v1/events</c>.</summary>
/// <param name="EventId">Makes it idempotent; made up and returned when left out.</param>
/// <param name="Type">impression, view, click, add_to_cart, purchase, rating, like or dismiss.</param>
/// <param name="UserId">The user; at least one of user and session is needed.</param>
/// <param name="SessionId">The session.</param>
/// <param name="ItemId">The item.</param>
/// <param name="Timestamp">ISO 8601, not more than 24 hours ahead; now when left out. Without an offset it is UTC.</param>
/// <param name="Quantity">Pieces, 1 to 100,000; default 1.</param>
/// <param name="Value">Unit price of a purchase, or the stars of a rating (needed there).</param>
/// <param name="RequestId">The recommendation the shopper acted on.</param>
internal sealed record EventRequest(
    string? EventId = null,
    string? Type = null,
    string? UserId = null,
    string? SessionId = null,
    string? ItemId = null,
    string? Timestamp = null,
    int? Quantity = null,
    decimal? Value = null,
    string? RequestId = null);

/// <summary>Several events: <c>{"events": […]}</c>. A bare list and a bare event are taken too.</summary>
internal sealed record EventBatchRequest(IReadOnlyList<EventRequest?>? Events = null);

/// <summary>The broker has them for good.</summary>
/// <param name="Accepted">How many.</param>
/// <param name="EventIds">In the order of the request.</param>
internal sealed record EventsAccepted(int Accepted, IReadOnlyList<string> EventIds);
