using Splitrail.CandidateSvc.Search.Spelling;
using Splitrail.CandidateSvc.Search.Vectors;
using Splitrail.Contracts;

namespace Splitrail.CandidateSvc.Search.Indexing;

/// <summary>An index over some items' texts. Immutable; stock and prices are not its business.</summary>
internal sealed class SearchSegment
{
    public required CatalogItem[] Items { get; init; }

    /// <summary>Position by item id.</summary>
    public required Dictionary<string, int> Positions { get; init; }

    public required TermTable Terms { get; init; }

    public required Postings Postings { get; init; }

    public required WordList Words { get; init; }

    public required SpellingIndex Spelling { get; init; }

    /// <summary>Mean lengths that the impacts were made with: a later segment takes the same.</summary>
    public required FieldMeans Means { get; init; }

    public required TextVectors Vectors { get; init; }

    public int Count => Items.Length;
}
