using System.Numerics.Tensors;
using Splitrail.CandidateSvc.Search.Vectors;

namespace Splitrail.CandidateSvc.Search.Querying;

/// <summary>
/// Fuses words and vectors by a convex combination of their scores, which beats reciprocal ranks (Bruch, Gai and Ingber 2023, "An analysis of fusion functions for
/// hybrid retrieval"). A query has no vector of its own, so the mean of the best hits' vectors stands for it (pseudo-relevance feedback: Rocchio 1971).
/// </summary>
internal static class ContentOrder
{
    /// <summary>Hits that are ordered anew; beyond them the words alone decide, so that pages fit together.</summary>
    public const int Depth = 100;

    private const int Believed = 5;
    private const float ContentShare = 0.15f;

    /// <summary>Makes the hits' scores 0 to 1 and puts the first <see cref="Depth"/> in their new order.</summary>
    /// <returns>Whether <see cref="SearchScratch.Centre"/> is a vector.</returns>
    public static bool Apply(SearchScratch scratch, IContentSpace space)
    {
        var hits = scratch.Hits;
        if (hits.Count == 0)
            return false;
        var hasCentre = FindCentre(scratch, space);
        var best = hits[0].Score;
        for (var h = 0; h < hits.Count; h++)
        {
            var words = (1 - ContentShare) * hits[h].Score / best;
            var content = hasCentre && h < Depth ? MathF.Max(0, Closeness(scratch, space, hits[h].At)) : 0;
            hits[h] = hits[h] with { Score = words + ContentShare * content };
        }

        Sort(scratch, Math.Min(hits.Count, Depth));
        return hasCentre;
    }

    /// <summary>Puts the first hits into the order of their scores; what is equal keeps its place.</summary>
    public static void Sort(SearchScratch scratch, int count) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(scratch.Hits)[..count]
            .Sort(static (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.At.CompareTo(b.At));

    /// <summary>Cosine to the centre; 0 for an item without a vector.</summary>
    public static float Closeness(SearchScratch scratch, IContentSpace space, int at)
    {
        var vector = space.VectorAt(at);
        return vector.IsEmpty ? 0 : TensorPrimitives.Dot(vector, scratch.Centre.AsSpan(0, space.Width));
    }

    private static bool FindCentre(SearchScratch scratch, IContentSpace space)
    {
        var centre = scratch.Centre.AsSpan(0, space.Width);
        centre.Clear();
        for (var h = 0; h < Math.Min(Believed, scratch.Hits.Count); h++)
        {
            var vector = space.VectorAt(scratch.Hits[h].At);
            if (!vector.IsEmpty)
                TensorPrimitives.MultiplyAdd(vector, scratch.Hits[h].Score / scratch.Hits[0].Score, centre, centre);
        }

        var length = TensorPrimitives.Norm<float>(centre);
        if (length <= 0)
            return false;
        TensorPrimitives.Divide(centre, length, centre);
        return true;
    }
}
