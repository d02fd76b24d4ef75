namespace Splitrail.CandidateSvc.Search.Indexing;

/// <summary>Which items have a term, ascending, and what it is worth in each: the lists of all terms in one block.</summary>
internal sealed class Postings(int[] starts, int[] items, float[] impacts)
{
    public int CountOf(int term) => starts[term + 1] - starts[term];

    public ReadOnlySpan<int> ItemsOf(int term) => items.AsSpan(starts[term], CountOf(term));

    public ReadOnlySpan<float> ImpactsOf(int term) => impacts.AsSpan(starts[term], CountOf(term));

    /// <summary>What a term is worth in an item: 0 when it is not in it.</summary>
    public float ImpactOf(int term, int item) => ItemsOf(term).BinarySearch(item) is >= 0 and var at ? ImpactsOf(term)[at] : 0;
}
