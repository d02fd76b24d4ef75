using Splitrail.Models;

namespace Splitrail.Tests.Unit.Retrieval;

/// <summary>Small hand-made models whose right answers can be worked out on paper.</summary>
internal static class RetrievalTestModels
{
    public const long AsOfMs = 1_700_000_000_000;
    public const long DayMs = 86_400_000;

    /// <summary>Items i0..i(n-1); item i leads to item i+1 in EASE and ItemKNN; factors are one-hot pairs (0,1), (2,3), ...; i0 is the most popular.</summary>
    public static RetrievalModel Chain(int count = 40, bool repeats = true)
    {
        var ease = EaseModel.FromRows(count, (i, row) =>
        {
            row.Clear();
            if (i + 1 < count)
                row[i + 1] = 0.5f;
        });
        var starts = new int[count + 1];
        var neighbours = new List<int>();
        const int Factors = 32;
        var factors = new float[count * Factors];
        for (var i = 0; i < count; i++)
        {
            if (i + 1 < count)
                neighbours.Add(i + 1);
            starts[i + 1] = neighbours.Count;
            factors[i * Factors + i / 2 % Factors] = 1f;
        }

        var knn = new ItemKnnModel(starts, [.. neighbours], [.. neighbours.Select(_ => 0.9f)]);
        return new RetrievalModel(
            new ItemIndex(Enumerable.Range(0, count).Select(i => $"i{i}")), Statistics(count, repeats), new AlsModel(Factors, factors, 1f, 2f), knn, ease);
    }

    public static ItemStatistics Statistics(int count, bool repeats = true)
    {
        var counts = Enumerable.Range(0, count).Select(i => (float)(count - i)).ToArray();
        return new ItemStatistics
        {
            AsOfMs = AsOfMs,
            CountAll = counts,
            Count365 = counts,
            Count90 = counts,
            Count30 = counts,
            Count7 = counts,
            LikedRate = [.. counts.Select(_ => 1f)],
            FirstEventMs = [.. counts.Select((_, i) => AsOfMs - (i + 1) * DayMs)],
            LogPrice = [.. counts.Select((_, i) => i == 0 ? float.NaN : MathF.Log(i))],
            Category = [.. counts.Select((_, i) => i % 3 - 1)],
            CategoryNames = ["books", "toys"],
            RepeatRate = repeats ? 0.3f : 0f,
        };
    }
}
