using System.Numerics.Tensors;

namespace Splitrail.Models;

/// <summary>
/// Latent semantic vectors of items (Deerwester et al. 1990): their terms, weighed by how rare they are, projected into a few dimensions in which words that
/// go together are near. An item of which nothing is known but its words gets a vector like any other.
/// </summary>
public sealed class ContentModel
{
    private readonly string[] _vocabulary;
    private readonly float[] _projection;
    private readonly Dictionary<string, int> _terms;

    /// <param name="width">Dimensions.</param>
    /// <param name="vocabulary">The terms.</param>
    /// <param name="projection">Terms x width, each row times the term's rarity.</param>
    /// <param name="itemVectors">Items x width, in the model's order, of length 1; zeros for an item without known words.</param>
    public ContentModel(int width, string[] vocabulary, float[] projection, float[] itemVectors)
    {
        if (projection.Length != vocabulary.Length * width || itemVectors.Length % width != 0)
            throw new ArgumentException($"{vocabulary.Length} terms and items of {width} dimensions are not {projection.Length} and {itemVectors.Length} numbers.", nameof(projection));
        (Width, _vocabulary, _projection, ItemVectors) = (width, vocabulary, projection, itemVectors);
        _terms = new Dictionary<string, int>(vocabulary.Length, StringComparer.Ordinal);
        for (var term = 0; term < vocabulary.Length; term++)
            _terms.Add(vocabulary[term], term);
    }

    public int Width { get; }

    public int Count => ItemVectors.Length / Width;

    /// <summary>Items x width, in the model's order.</summary>
    public float[] ItemVectors { get; }

    internal IReadOnlyList<string> Vocabulary => _vocabulary;

    internal ReadOnlySpan<float> Projection => _projection;

    public ReadOnlySpan<float> Row(int item) => ItemVectors.AsSpan(item * Width, Width);

    /// <summary>The vector of any item by its terms; false, and zeros, when it has none that are known.</summary>
    public bool Embed(IEnumerable<string> terms, Span<float> vector)
    {
        vector.Clear();
        foreach (var term in terms)
            if (_terms.TryGetValue(term, out var known))
                TensorPrimitives.Add(vector, _projection.AsSpan(known * Width, Width), vector);
        return Normalise(vector);
    }

    /// <summary>Makes the length 1; false for one that has no direction.</summary>
    public static bool Normalise(Span<float> vector)
    {
        var length = TensorPrimitives.Norm<float>(vector);
        if (!(length > 1e-12f))
        {
            vector.Clear();
            return false;
        }

        TensorPrimitives.Divide(vector, length, vector);
        return true;
    }
}
