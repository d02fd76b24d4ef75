using Splitrail.CandidateSvc.Search.Vectors;
using Splitrail.Contracts;

namespace Splitrail.CandidateSvc.Search.Querying;

/// <summary>Items that lack the words and are like those that have them: they follow when the matches do not fill the page.</summary>
internal static class RelatedItems
{
    public const int Most = 40;

    /// <summary>Nearer to the centre than this part of what the hits themselves are; absolute cosines differ from space to space.</summary>
    private const float LeastShare = 0.6f;

    /// <param name="scratch">Has the centre and all hits; gets more.</param>
    /// <param name="space">Where the centre is.</param>
    /// <param name="needed">Slots that matching items fill.</param>
    /// <param name="room">How many the page has room for.</param>
    public static void Append(SearchScratch scratch, IContentSpace space, int needed, int room)
    {
        var (hits, sum) = (Math.Min(5, scratch.Hits.Count), 0f);
        for (var h = 0; h < hits; h++)
            sum += ContentOrder.Closeness(scratch, space, scratch.Hits[h].At);
        var (least, lowest) = (LeastShare * sum / hits, scratch.Hits[^1].Score);
        // The matches themselves are the nearest of all, and are not asked for again. Fewer wanted is faster: a scan can leave out more.
        var wanted = Math.Min(Most, room);
        var asked = 2 * Math.Min(2 * Most, wanted + scratch.Hits.Count);
        var found = space.Near(scratch.Centre.AsSpan(0, space.Width), scratch, scratch.Neighbours.AsSpan(0, asked));
        var added = 0;
        foreach (var near in scratch.Neighbours.AsSpan(0, found))
        {
            if (near.Score < least || added == wanted)
                break;
            if (IsMatch(scratch, near.Row, needed))
                continue;
            scratch.Hits.Add(new Hit(near.Row, lowest * near.Score, SearchMatches.Related));
            added++;
        }
    }

    private static bool IsMatch(SearchScratch scratch, int at, int needed) =>
        scratch.Cells[at].Mark >= scratch.FirstMark && scratch.Cells[at].Filled >= needed;
}
