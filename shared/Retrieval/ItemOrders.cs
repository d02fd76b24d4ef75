using Splitrail.Models;

namespace Splitrail.Retrieval;

/// <summary>Orders of a model's items that are the same for every request, made once, so that a source that wants the first allowed ones reads only those.</summary>
public sealed class ItemOrders
{
    /// <summary>A week's rise that chance alone makes in one item of six.</summary>
    private const float LeastRise = 1f;

    internal ItemOrders(ItemStatistics statistics, float[] popularity)
    {
        Popular = By(popularity, float.NegativeInfinity);
        Trending = By(Rises(statistics), LeastRise);
        var members = new List<int>[statistics.CategoryNames.Length];
        foreach (var item in Popular)
            if (statistics.Category[item] is >= 0 and var category)
                (members[category] ??= []).Add(item);
        PopularByCategory = Array.ConvertAll(members, static list => list is null ? [] : list.ToArray());
        Unsold = new ItemBitmap(statistics.Count);
        for (var item = 0; item < statistics.Count; item++)
            Unsold[item] = statistics.CountAll[item] <= 0;
    }

    /// <summary>Most popular first.</summary>
    public int[] Popular { get; }

    /// <summary>By category of the statistics, most popular first.</summary>
    public int[][] PopularByCategory { get; }

    /// <summary>What sells faster this week than in the three before, the surest rise first; what does not rise is left out.</summary>
    public int[] Trending { get; }

    /// <summary>Items that nobody has had yet.</summary>
    public ItemBitmap Unsold { get; }

    /// <summary>This week's count against what the three weeks before let expect, in standard deviations of a Poisson count; one more event backs the expectation.</summary>
    private static float[] Rises(ItemStatistics statistics)
    {
        var rises = new float[statistics.Count];
        for (var item = 0; item < rises.Length; item++)
        {
            var expected = (statistics.Count30[item] - statistics.Count7[item]) * 7 / 23;
            rises[item] = (statistics.Count7[item] - expected) / MathF.Sqrt(expected + 1);
        }

        return rises;
    }

    private static int[] By(float[] scores, float above)
    {
        var order = new int[scores.Length];
        return order[..TopSelection.Select(scores, ItemBitmap.All(scores.Length), order, above)];
    }
}
