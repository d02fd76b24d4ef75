using System.Buffers;
using Splitrail.Policies;

namespace Splitrail.RankingSvc.ReRankers;

/// <summary>At most so many items of a category; those above come after all others. Items without a category are not capped.</summary>
internal sealed class CategoryCapsReRanker : IReRanker
{
    public const int DefaultMost = 3;

    public string Name => ReRankerNames.CategoryCaps;

    public void ReRank(Slate slate, in ReRankCase about)
    {
        var most = about.Options.MaxPerCategory ?? DefaultMost;
        var order = slate.Order;
        var categories = slate.Categories;
        var counts = ArrayPool<int>.Shared.Rent(Math.Max(1, slate.CategoryCount));
        var above = ArrayPool<int>.Shared.Rent(order.Length);
        Array.Clear(counts, 0, slate.CategoryCount);
        var (kept, late) = (0, 0);
        foreach (var place in order)
        {
            if (categories[place] is var category && category != Slate.NoCategory && ++counts[category] > most)
                above[late++] = place;
            else
                order[kept++] = place;
        }

        above.AsSpan(0, late).CopyTo(order[kept..]);
        ArrayPool<int>.Shared.Return(counts);
        ArrayPool<int>.Shared.Return(above);
    }
}
