namespace Splitrail.Trainer.Ranker;

/// <summary>NDCG@10 of one list among its own candidates; 0 where nothing was wanted.</summary>
internal static class ListNdcg
{
    private const int Depth = 10;

    /// <param name="scores">Higher is better; ties in the list's order.</param>
    /// <param name="labels">Above 0 for what was wanted.</param>
    public static double Of(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels)
    {
        var wanted = 0;
        foreach (var label in labels)
            wanted += label > 0 ? 1 : 0;
        if (wanted == 0)
            return 0;
        var keys = new (float Score, int Place)[scores.Length];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = (-scores[i], i);
        Array.Sort(keys);
        var (gain, ideal) = (0.0, 0.0);
        for (var rank = 0; rank < Math.Min(Depth, keys.Length); rank++)
        {
            var discount = 1 / Math.Log2(rank + 2);
            gain += labels[keys[rank].Place] > 0 ? discount : 0;
            ideal += rank < wanted ? discount : 0;
        }

        return gain / ideal;
    }
}
