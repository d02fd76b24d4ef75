namespace Splitrail.Models;

/// <summary>
/// Nearest neighbours by shrunk cosine (Sarwar et al. 2001; Deshpande and Karypis 2004), sparse by source item: the neighbours of item i are
/// <c>Neighbours[Starts[i]..Starts[i + 1]]</c>, most similar first.
/// </summary>
public sealed class ItemKnnModel(int[] starts, int[] neighbours, float[] similarities) : IItemToItem
{
    public int Count => starts.Length - 1;

    internal ReadOnlySpan<int> Starts => starts;

    internal ReadOnlySpan<int> Neighbours => neighbours;

    internal ReadOnlySpan<float> Similarities => similarities;

    /// <inheritdoc/>
    public void AddRow(int item, float strength, Span<float> scores)
    {
        for (var at = starts[item]; at < starts[item + 1]; at++)
            scores[neighbours[at]] += strength * similarities[at];
    }
}
