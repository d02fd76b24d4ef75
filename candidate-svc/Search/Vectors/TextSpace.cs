using Splitrail.CandidateSvc.Search.Querying;
using Splitrail.Retrieval.Vectors;

namespace Splitrail.CandidateSvc.Search.Vectors;

/// <summary>The vectors of the items' own texts: always there, for an item of this second too.</summary>
internal sealed class TextSpace(SearchView view) : IContentSpace
{
    public int Width => TextProjection.Width;

    public ReadOnlySpan<float> VectorAt(int at) => view.VectorAt(at);

    public int Near(ReadOnlySpan<float> vector, SearchScratch scratch, Span<Neighbour> best)
    {
        var half = best.Length / 2;
        var main = view.Main.Vectors.Near(vector, scratch.AllowedOf(0, view.Main.Count), best[..half], scratch.Vectors);
        var recent = view.Recent.Vectors.Near(vector, scratch.AllowedOf(view.RecentFrom, view.Recent.Count), best.Slice(main, half), scratch.Vectors);
        for (var i = main; i < main + recent; i++)
            best[i] = best[i] with { Row = best[i].Row + view.RecentFrom };
        best[..(main + recent)].Sort(static (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Row.CompareTo(b.Row));
        return main + recent;
    }
}
