using Splitrail.Models;

namespace Splitrail.Features;

/// <summary>The part of a row that depends on the item alone.</summary>
internal static class PopularityFeatures
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "log_count_all", "log_count_7_days", "log_count_30_days", "log_count_90_days", "log_count_365_days",
        "trend_7_to_30_days", "trend_30_to_90_days", "liked_rate", "popularity",
    ];

    public static int Width => Names.Count;

    /// <param name="statistics">Of the model.</param>
    /// <param name="popularity">See <see cref="Retrieval.PopularityScores"/>.</param>
    /// <param name="item">Position in the model.</param>
    /// <param name="row">[Width].</param>
    public static void Write(ItemStatistics statistics, ReadOnlySpan<float> popularity, int item, Span<float> row)
    {
        var (week, month, quarter) = (statistics.Count7[item], statistics.Count30[item], statistics.Count90[item]);
        row[0] = MathF.Log(1 + statistics.CountAll[item]);
        row[1] = MathF.Log(1 + week);
        row[2] = MathF.Log(1 + month);
        row[3] = MathF.Log(1 + quarter);
        row[4] = MathF.Log(1 + statistics.Count365[item]);
        row[5] = (1 + week) / (1 + (month * 7 / 30));
        row[6] = (1 + month) / (1 + (quarter / 3));
        row[7] = statistics.LikedRate[item];
        row[8] = popularity[item];
    }
}
