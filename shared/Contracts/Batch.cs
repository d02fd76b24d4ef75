namespace Splitrail.Contracts;

/// <summary>Several requests in one call, or their answers in the same order.</summary>
public sealed record Batch<T>(IReadOnlyList<T> Entries);
