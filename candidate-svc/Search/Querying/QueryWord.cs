namespace Splitrail.CandidateSvc.Search.Querying;

/// <summary>A word of a query in all its forms: places in <see cref="QueryWords"/>' buffer.</summary>
internal struct QueryWord
{
    public Range Typed;
    public Range Folded;
    public Range Key;

    /// <summary>Empty when it is the key.</summary>
    public Range Written;

    public bool IsFiller;
}
