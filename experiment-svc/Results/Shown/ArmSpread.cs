using Splitrail.ExperimentSvc.Catalog;
using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.ExperimentSvc.Results.Shown;

/// <summary>From how often each item was shown to coverage and entropy.</summary>
internal static class ArmSpread
{
    private static readonly NotYetView s_noCatalogue = new("no_catalogue", "The catalogue is not known yet: feature-svc has not told it since this replica started.");
    private static readonly NotYetView s_nothingShown = new("nothing_shown", "An arm has shown nothing of what is offered.");

    /// <param name="shown">By arm, in the order of the definition.</param>
    /// <param name="offered">Null while it is not known.</param>
    /// <param name="at">When it was counted.</param>
    public static ShownView Of(IReadOnlyList<(string Arm, IReadOnlyDictionary<string, long> Items)> shown, OfferedItems? offered, DateTimeOffset at)
    {
        if (offered is null)
            return new ShownView(at, null, null, [.. shown.Select(static arm => Plain(arm.Arm, arm.Items))], s_noCatalogue);
        // What is not offered any more would make a coverage above all there is.
        long[][] counts = [.. shown.Select(arm => arm.Items.Where(one => offered.CategoryOf(one.Key) is not null).Select(static one => one.Value).ToArray())];
        var least = counts.Length == 0 ? 0 : counts.Min(static arm => arm.Sum());
        return new ShownView(
            at, offered.Count, least > 0 ? least : null, [.. shown.Select((arm, i) => Of(Plain(arm.Arm, arm.Items), counts[i], Categories(arm.Items, offered), offered.Count, least))], least > 0 ? null : s_nothingShown);
    }

    private static ArmShown Plain(string arm, IReadOnlyDictionary<string, long> items) => new(arm, items.Values.Sum(), items.Count, null, null, null, null, null);

    private static ArmShown Of(ArmShown plain, long[] counts, long[] categories, int offered, long least)
    {
        double? entropy = categories.Length == 0 ? null : Spread.Entropy(categories);
        return plain with
        {
            Coverage = offered == 0 ? null : (double)counts.Length / offered,
            ComparedCoverage = offered == 0 || least == 0 ? null : Spread.ExpectedKinds(counts, least) / offered,
            Categories = categories.Length,
            CategoryEntropy = entropy,
            EffectiveCategories = entropy is { } bits ? Spread.EffectiveKinds(bits) : null,
        };
    }

    /// <summary>Impressions by category; what has none is in none.</summary>
    private static long[] Categories(IReadOnlyDictionary<string, long> items, OfferedItems offered) =>
        [.. items.GroupBy(one => offered.CategoryOf(one.Key), StringComparer.Ordinal).Where(static same => same.Key is { Length: > 0 }).Select(static same => same.Sum(static one => one.Value))];
}
