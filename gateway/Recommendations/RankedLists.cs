using System.Buffers.Binary;
using Splitrail.Contracts;
using Splitrail.Gateway.Lists;

namespace Splitrail.Gateway.Recommendations;

/// <summary>Makes ranked lists of the stages' answers.</summary>
internal static class RankedLists
{
    private static readonly string[] s_byRule = ["rule"];

    /// <summary>The candidates in their own order.</summary>
    public static RankedList Of(CandidateResponse response)
    {
        var candidates = response.Candidates;
        var sources = new SourceLists(candidates.Sources);
        var ratings = RatingsOf(response);
        var items = new RankedItem[candidates.Count];
        for (var i = 0; i < items.Length; i++)
            items[i] = Item(candidates, i, candidates.ScoreOf(i), sources) with { Rating = ratings?[i] };
        return new RankedList(response.ModelVersion, candidates.Signals, items, items.Length, response.ModelVersion);
    }

    /// <summary>The ranker's order, with the sources and signals of the candidates. An item that was no candidate is left out, unless a rule put it there.</summary>
    public static RankedList Of(CandidateResponse response, RankResponse ranked)
    {
        var candidates = response.Candidates;
        var places = new Dictionary<string, int>(candidates.Count, StringComparer.Ordinal);
        for (var i = 0; i < candidates.Count; i++)
            places[candidates.ItemIds[i]] = i;
        var sources = new SourceLists(candidates.Sources);
        var ratings = RatingsOf(response);
        var items = new List<RankedItem>(ranked.Items.Count);
        for (var i = 0; i < ranked.Items.Count; i++)
        {
            var item = ranked.Items[i];
            if (places.TryGetValue(item.ItemId, out var place))
                items.Add(Item(candidates, place, item.Score, sources) with { Features = FeaturesOf(ranked.Rows, i), Propensity = ranked.Rows?.Propensities?[i] ?? 1f, Rating = ratings?[place] });
            else if (ranked.Pins?.Any(pin => pin.ItemId == item.ItemId) == true)
                items.Add(new RankedItem(item.ItemId, item.Score, s_byRule));
        }

        return new RankedList(
            ranked.ModelVersion ?? response.ModelVersion, candidates.Signals, items, candidates.Count, response.ModelVersion, ranked.Pins, ranked.Explanation,
            ranked.Rows is { Width: > 0 } rows ? rows.FeatureSet : null);
    }

    /// <summary>What is not sound is left out: a list without ratings is a list.</summary>
    private static RatingColumns? RatingsOf(CandidateResponse response) => response.Ratings is { } ratings && ratings.AreOf(response.Candidates.Count) ? ratings : null;

    /// <summary>Empty for a list without them, and for an item that was no candidate of the ranker.</summary>
    private static ReadOnlyMemory<byte> FeaturesOf(RankedRows? rows, int item)
    {
        if (rows is not { Width: > 0 })
            return default;
        var row = rows.Features.AsMemory(item * rows.Width * sizeof(float), rows.Width * sizeof(float));
        return float.IsNaN(BinaryPrimitives.ReadSingleLittleEndian(row.Span)) ? default : row;
    }

    /// <summary>A plain list that one source made.</summary>
    public static RankedList Of(ScoredItemsResponse scored, IReadOnlyList<string> sources)
    {
        var items = new RankedItem[scored.Items.Count];
        for (var i = 0; i < items.Length; i++)
            items[i] = new RankedItem(scored.Items[i].ItemId, scored.Items[i].Score, sources);
        return new RankedList(scored.ModelVersion, [], items, items.Length, scored.ModelVersion);
    }

    private static RankedItem Item(CandidateColumns candidates, int place, float score, SourceLists sources) =>
        new(candidates.ItemIds[place], score, sources.Of(candidates.SourcesOf(place)), candidates.SignalsOf(place).ToArray());
}
