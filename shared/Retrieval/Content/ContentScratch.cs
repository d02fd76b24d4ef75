using Splitrail.Models;
using Splitrail.Retrieval.Vectors;

namespace Splitrail.Retrieval.Content;

/// <summary>What one request needs to compare words; the profile is made when the first source or the blend asks for it.</summary>
internal sealed class ContentScratch(ContentModel model, IVectorIndex index)
{
    private readonly ContentProfile _profile = new(model);
    private readonly VectorScratch _search = new();
    private readonly ItemBitmap _narrowed = new(model.Count);
    private Neighbour[] _nearest = [];
    private bool? _known;

    /// <summary>Another request.</summary>
    public void Begin() => _known = null;

    /// <summary>The allowed items nearest to the history, best first; nothing when it has no words.</summary>
    public ReadOnlySpan<Neighbour> Nearest(RetrievalQuery query, ItemBitmap? only, int quota)
    {
        if (quota < 1 || !Knows(query))
            return [];
        if (_nearest.Length < quota)
            _nearest = new Neighbour[quota];
        var allowed = query.Allowed;
        if (only is not null)
        {
            _narrowed.CopyFrom(allowed);
            _narrowed.IntersectWith(only);
            allowed = _narrowed;
        }

        return _nearest.AsSpan(0, index.Search(_profile.Vector, allowed, _nearest.AsSpan(0, quota), _search));
    }

    /// <summary>Sets the cosines of some items; leaves them as they are when the history has no words.</summary>
    public void Score(RetrievalQuery query, ReadOnlySpan<int> items, float[] scores)
    {
        const int Ahead = 6;
        if (!Knows(query))
            return;
        _search.Take(_profile.Vector);
        for (var i = 0; i < items.Length; i++)
        {
            if (i + Ahead < items.Length)
                index.Rows.Prefetch(items[i + Ahead]);
            scores[items[i]] = _search.Score(index.Rows, items[i]);
        }
    }

    private bool Knows(RetrievalQuery query) => _known ??= _profile.Take(query);
}
