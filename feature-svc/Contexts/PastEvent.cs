namespace Splitrail.FeatureSvc.Contexts;

/// <summary>What the context needs of one stored event.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Type">One of <see cref="Contracts.EventTypes"/>.</param>
/// <param name="AtMs">Unix milliseconds.</param>
/// <param name="ValueMicros">Unit price or stars, in millionths.</param>
/// <param name="Seq">Number of the transaction that stored it.</param>
internal sealed record PastEvent(string ItemId, string Type, long AtMs, long ValueMicros, long Seq);
