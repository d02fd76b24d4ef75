using Splitrail.Models;

namespace Splitrail.Retrieval;

/// <summary>
/// How large a good item-to-item score is in this model: the mean over well-known items of their tenth best weight. Scores shrink with sparse
/// data and a strong ridge while popularity does not, so blends weigh popularity in this unit and hold for any shop.
/// </summary>
internal static class PopularityUnit
{
    private const int Items = 500;
    private const int Rank = 10;

    public static float Of(RetrievalModel model)
    {
        var count = Math.Min(Items, model.Items.Count);
        var scores = new float[model.Items.Count];
        var all = ItemBitmap.All(scores.Length);
        var best = new int[Math.Min(Rank, scores.Length)];
        var sum = 0.0;
        for (var item = 0; item < count; item++)
        {
            Array.Clear(scores);
            model.ItemToItem.AddRow(item, 1f, scores);
            if (TopSelection.Select(scores, all, best, above: 0f) == Rank)
                sum += scores[best[^1]];
        }

        return (float)(sum / Math.Max(1, count));
    }
}
