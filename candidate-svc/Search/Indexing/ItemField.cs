namespace Splitrail.CandidateSvc.Search.Indexing;

/// <summary>Where a word stands. What a word is worth there and how much longer texts dilute it is said by <see cref="FieldWeights"/>.</summary>
internal enum ItemField
{
    Title,
    Category,
    Attributes,
    Id,
}
