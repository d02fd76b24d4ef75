using System.Numerics.Tensors;
using Splitrail.Models;
using Splitrail.Retrieval.Vectors;

namespace Splitrail.Retrieval.Embeddings;

/// <summary>Takes vectors one by one and holds them to one width, one per item, numbers that are numbers.</summary>
internal sealed class EmbeddingBuilder
{
    private const int MaxIdLength = 200;
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);
    private readonly List<string> _ids = [];
    private readonly List<float[]> _vectors = [];
    private readonly List<string> _withoutDirection = [];
    private int _width;

    /// <param name="place">Where it stands, for messages: "'items.jsonl', line 3".</param>
    /// <param name="id">The item.</param>
    /// <param name="vector">Its numbers; kept and changed.</param>
    /// <exception cref="EmbeddingException">The vector cannot be taken.</exception>
    public void Add(string place, string id, float[] vector)
    {
        CheckId(place, id);
        if (vector.Length is < 1 or > FloatRows.MaxWidth)
            throw new EmbeddingException($"{place}: the vector of item '{id}' has {vector.Length} numbers; 1 to {FloatRows.MaxWidth} can be.");
        _width = _width == 0 ? vector.Length : _width;
        if (vector.Length != _width)
            throw new EmbeddingException($"{place}: the vector of item '{id}' has {vector.Length} numbers, those before it {_width}.");
        var bad = Array.FindIndex(vector, static value => !(MathF.Abs(value) <= FloatRows.Largest));
        if (bad >= 0)
            throw new EmbeddingException($"{place}: number {bad + 1} of item '{id}' is {vector[bad]}; it has to be finite and at most {FloatRows.Largest:0e0}.");
        var length = Length(vector);
        if (length == 0)
        {
            _withoutDirection.Add(id);
            return;
        }

        for (var d = 0; d < vector.Length; d++)
            vector[d] = (float)(vector[d] / length);
        _ids.Add(id);
        _vectors.Add(vector);
    }

    /// <exception cref="EmbeddingException">There is no vector with a direction.</exception>
    public EmbeddingSet Build(string file)
    {
        if (_ids.Count == 0)
            throw new EmbeddingException($"'{file}' has no vector{(_withoutDirection.Count > 0 ? $" but {_withoutDirection.Count} of zeros" : "")}.");
        var rows = FloatRows.Zeroed(_ids.Count, _width);
        for (var row = 0; row < rows.Count; row++)
            rows.Set(row, _vectors[row]);
        return new EmbeddingSet(new ItemIndex(_ids), rows, _withoutDirection);
    }

    private void CheckId(string place, string id)
    {
        if (id.Length is 0 or > MaxIdLength || id.Contains('\0'))
            throw new EmbeddingException($"{place}: an item's id has 1 to {MaxIdLength} characters, none of them a zero; this one has {id.Length}.");
        if (!_places.TryAdd(id, place))
            throw new EmbeddingException($"{place}: item '{id}' has a vector already ({_places[id]}).");
    }

    private static double Length(ReadOnlySpan<float> vector)
    {
        // By the largest number first, so that squares of tiny ones do not vanish.
        var largest = MathF.Abs(TensorPrimitives.MaxMagnitude(vector));
        if (largest == 0)
            return 0;
        var sum = 0.0;
        foreach (var value in vector)
            sum += (double)value / largest * (value / largest);
        return largest * Math.Sqrt(sum);
    }
}
