namespace Splitrail.Datasets;

/// <summary>One line of <c>events.tsv</c>: the event log without what only a running shop needs (event and request ids).</summary>
/// <param name="TimestampMs">Unix milliseconds, UTC.</param>
/// <param name="Type">One of <see cref="Contracts.EventTypes"/>.</param>
/// <param name="UserId">The user; null for a guest. User or session is given, or both.</param>
/// <param name="SessionId">The session; null when the source knows none.</param>
/// <param name="ItemId">An item of <c>items.jsonl</c>.</param>
/// <param name="Quantity">Pieces, for purchases and carts; else 1.</param>
/// <param name="ValueMicros">Unit price for purchases, stars of five for ratings, in millionths; else 0.</param>
public readonly record struct EventRow(
    long TimestampMs,
    string Type,
    string? UserId,
    string? SessionId,
    string ItemId,
    int Quantity = 1,
    long ValueMicros = 0);
