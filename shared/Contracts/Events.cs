namespace Splitrail.Contracts;

/// <summary>What a shopper did. One shape for the public API, the broker and the event log.</summary>
/// <param name="EventId">Makes the event idempotent: a second one of the same id changes nothing.</param>
/// <param name="Type">One of <see cref="EventTypes"/>.</param>
/// <param name="UserId">The user, when known.</param>
/// <param name="SessionId">The session; at least one of user and session is given.</param>
/// <param name="ItemId">The item.</param>
/// <param name="TimestampMs">Unix milliseconds, UTC.</param>
/// <param name="Quantity">Pieces, for purchases and carts; else 1.</param>
/// <param name="ValueMicros">Unit price for purchases, the stars for ratings, in millionths; else 0.</param>
/// <param name="RequestId">The recommendation the shopper acted on, when there was one.</param>
public sealed record ShopEvent(
    string EventId,
    string Type,
    string? UserId,
    string? SessionId,
    string ItemId,
    long TimestampMs,
    int Quantity = 1,
    long ValueMicros = 0,
    string? RequestId = null);

public static class EventTypes
{
    public const string Impression = "impression";
    public const string View = "view";
    public const string Click = "click";
    public const string AddToCart = "add_to_cart";
    public const string Purchase = "purchase";
    public const string Rating = "rating";
    public const string Like = "like";
    public const string Dismiss = "dismiss";

    public static IReadOnlyList<string> All { get; } = [Impression, View, Click, AddToCart, Purchase, Rating, Like, Dismiss];

    public static bool IsKnown(string type) => All.Contains(type);
}

/// <summary>Several events in one message of the broker.</summary>
public sealed record ShopEventBatch(IReadOnlyList<ShopEvent> Events);

/// <summary>An arm's parameters were used for a unit. Published by the gateway in batches.</summary>
/// <param name="ExposureId">Makes it idempotent.</param>
/// <param name="Experiment">The experiment.</param>
/// <param name="Arm">The arm.</param>
/// <param name="Unit">Who was randomised.</param>
/// <param name="UnitKind"><c>user</c> or <c>session</c>.</param>
/// <param name="RequestId">The recommendation it was used for.</param>
/// <param name="SnapshotVersion">The control snapshot that said so.</param>
/// <param name="Epoch">Of the split.</param>
/// <param name="Probability">Of this arm within the experiment.</param>
/// <param name="TimestampMs">Unix milliseconds.</param>
/// <param name="LinkedUser">The user that a session which began as a guest's belongs to by now: both ids are one person. Null for everybody else.</param>
/// <param name="FallbackLevel">Of the answer that was given, 0 to 4; null when who publishes does not say.</param>
/// <param name="LatencyMs">What making it took, in whole milliseconds.</param>
/// <param name="Context">Where the list was shown; null when the shop does not say.</param>
public sealed record Exposure(
    string ExposureId,
    string Experiment,
    string Arm,
    string Unit,
    string UnitKind,
    string RequestId,
    long SnapshotVersion,
    int Epoch,
    double Probability,
    long TimestampMs,
    string? LinkedUser = null,
    int? FallbackLevel = null,
    int? LatencyMs = null,
    ExposureContext? Context = null);

/// <summary>Where a list was shown, in the shop's own words; what it does not say is null.</summary>
public sealed record ExposureContext(string? Device, string? Page, string? Country);

public sealed record ExposureBatch(IReadOnlyList<Exposure> Exposures);

/// <summary>What the state store holds of a session that began as a guest's.</summary>
/// <param name="SinceMs">When it was stored, Unix milliseconds.</param>
public sealed record GuestSession(long SinceMs);
