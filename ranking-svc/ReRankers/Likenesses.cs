using System.Runtime.InteropServices;
using Splitrail.RankingSvc.Rankers;

namespace Splitrail.RankingSvc.ReRankers;

/// <summary>How much alike two places are, 0..1.</summary>
internal interface ILikeness
{
    float Of(int place, int other);
}

/// <summary>1 in one category, else 0; an unknown category is like none.</summary>
/// <param name="categories">By place.</param>
internal readonly ref struct CategoryLikeness(ReadOnlySpan<int> categories) : ILikeness
{
    private readonly ReadOnlySpan<int> _categories = categories;

    public float Of(int place, int other) => _categories[place] == _categories[other] && _categories[place] != Slate.NoCategory ? 1f : 0f;
}

/// <summary>Cosine of the model's item vectors, at least 0; what the model does not know is like nothing.</summary>
internal readonly ref struct VectorLikeness(List<Offer> offers, ItemVectors? vectors) : ILikeness
{
    private readonly ReadOnlySpan<Offer> _offers = CollectionsMarshal.AsSpan(offers);

    public float Of(int place, int other) => vectors?.Likeness(_offers[place].Position, _offers[other].Position) ?? 0f;
}

/// <summary>The mean of the two.</summary>
internal readonly ref struct MeanLikeness(CategoryLikeness categories, VectorLikeness vectors) : ILikeness
{
    private readonly CategoryLikeness _categories = categories;
    private readonly VectorLikeness _vectors = vectors;

    public float Of(int place, int other) => (_categories.Of(place, other) + _vectors.Of(place, other)) / 2;
}
