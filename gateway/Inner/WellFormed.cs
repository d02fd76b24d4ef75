using Splitrail.Contracts;

namespace Splitrail.Gateway.Inner;

/// <summary>
/// JSON can leave out what a record says is never null. An inner service of another version, or a proxy's error page in JSON, must end in a
/// fallback and not in a 500.
/// </summary>
internal static class WellFormed
{
    public static bool Is(ContextResponse answer)
    {
        if (answer.Context is not { History: { } history })
            return false;
        foreach (var item in history)
        {
            if (item?.ItemId is null)
                return false;
        }

        return true;
    }

    public static bool Is(CandidateResponse answer) => answer.Candidates is { } columns && columns.Fault() is null;

    public static bool Is(RankResponse answer) =>
        AreItems(answer.Items)
        && (answer.Rows is null || AreRows(answer.Rows, answer.Items.Count))
        && answer.Pins?.Any(static pin => pin?.ItemId is null) != true
        && (answer.Explanation is null || answer.Explanation is { Rules: not null, Items: { } items } && items.All(static item => item?.ItemId is not null));

    public static bool Is(ScoredItemsResponse answer) => AreItems(answer.Items);

    public static bool Is(SearchResponse answer) => answer.Items is not null && answer.Items.All(static item => item?.ItemId is not null)
        && (answer.Facets is null or { Categories: not null, Prices: not null });

    private static bool AreRows(RankedRows rows, int items) =>
        rows is { FeatureSet: not null, Features: not null, Width: >= 0 and <= 10_000 }
        && rows.Features.Length == (long)items * rows.Width * sizeof(float)
        && (rows.Propensities is not { } propensities || (propensities.Count == items && propensities.All(static one => one is > 0 and <= 1)));

    private static bool AreItems(IReadOnlyList<ScoredItem>? items)
    {
        if (items is null)
            return false;
        foreach (var item in items)
        {
            if (item?.ItemId is null)
                return false;
        }

        return true;
    }
}
