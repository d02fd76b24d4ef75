using Splitrail.Contracts;
using Splitrail.Models;
using Splitrail.Randomness;

namespace Splitrail.Benchmarks.Candidates;

/// <summary>What a request knows: half are users with 5 to 300 items (evenly by logarithm), half guests with 0 to 8.</summary>
internal sealed record Visitor(UserContext Context, string[] SessionItems)
{
    private const int MostPast = 300;
    private const int LeastPast = 5;
    private const int MostClicks = 8;

    public static Visitor[] Draw(ItemIndex items, int count, ulong seed)
    {
        var random = new SplitMix64(seed);
        var visitors = new Visitor[count];
        for (var v = 0; v < count; v++)
            visitors[v] = v % 2 == 0 ? Known(items, ref random) : new Visitor(UserContext.Empty, [.. Ids(items, (int)(random.NextDouble() * (MostClicks + 1)), ref random)]);
        return visitors;
    }

    private static Visitor Known(ItemIndex items, ref SplitMix64 random)
    {
        var length = (int)(LeastPast * Math.Pow((double)MostPast / LeastPast, random.NextDouble()));
        HistoryItem[] past = [.. Ids(items, length, ref random).Distinct().Select(static (id, n) =>
            new HistoryItem(id, 1f, SyntheticModel.AsOfMs - n * 86_400_000L, 1, SyntheticModel.AsOfMs - n * 86_400_000L))];
        return new Visitor(UserContext.Empty with { EventCount = past.Length, History = past }, []);
    }

    /// <summary>Popular items, which come first in a model, are met more often.</summary>
    private static List<string> Ids(ItemIndex items, int count, ref SplitMix64 random)
    {
        var ids = new List<string>(count);
        for (var i = 0; i < count; i++)
        {
            var draw = random.NextDouble();
            ids.Add(items[(int)(draw * draw * items.Count)]);
        }

        return ids;
    }
}
