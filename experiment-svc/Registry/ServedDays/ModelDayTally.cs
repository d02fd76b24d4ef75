using Splitrail.Contracts;

namespace Splitrail.ExperimentSvc.Registry.ServedDays;

/// <summary>A list that was served, and when it was stored.</summary>
internal readonly record struct ArrivedList(Impression List, long ArrivedMs);

/// <summary>An event that names a list, and when it was stored.</summary>
internal readonly record struct ArrivedOutcome(string RequestId, string ItemId, string Type, long ArrivedMs);

/// <summary>Adds up what came of lists. An event counts when it comes within a time after its list, so the sums do not depend on when they are made.</summary>
internal static class ModelDayTally
{
    /// <summary>About a screen; what nobody saw was not refused.</summary>
    public const int MostPositions = 10;

    /// <summary>The broker may bring a click a little before the list that it is on.</summary>
    public const long EarlyMs = 60_000;

    /// <param name="lists">Those of other levels than 0, or without a model, are left out.</param>
    /// <param name="outcomes">Of these lists, and of others.</param>
    /// <param name="withinMs">How long after its list an event counts.</param>
    public static IReadOnlyList<ModelDay> Of(IEnumerable<ArrivedList> lists, IEnumerable<ArrivedOutcome> outcomes, long withinMs)
    {
        var byList = outcomes.ToLookup(static outcome => outcome.RequestId, StringComparer.Ordinal);
        return
        [
            .. lists.Where(static one => one.List is { ModelVersion: not null, FallbackLevel: 0 }).Select(one => Of(one, byList[one.List.RequestId], withinMs))
                .GroupBy(static day => (day.DayMs, day.Model)).Select(static group => group.Aggregate(static (sum, day) => sum + day)),
        ];
    }

    private static ModelDay Of(ArrivedList one, IEnumerable<ArrivedOutcome> outcomes, long withinMs)
    {
        var shown = one.List.Items.Where(static item => item.Position <= MostPositions).Select(static item => item.ItemId).ToHashSet(StringComparer.Ordinal);
        var taken = outcomes.Where(outcome => shown.Contains(outcome.ItemId) && outcome.ArrivedMs >= one.ArrivedMs - EarlyMs && outcome.ArrivedMs <= one.ArrivedMs + withinMs)
            .Select(static outcome => (outcome.ItemId, outcome.Type)).Distinct().ToArray();
        var clicks = taken.Count(static outcome => outcome.Type == EventTypes.Click);
        return new ModelDay(
            one.List.TimestampMs / ModelDay.Milliseconds * ModelDay.Milliseconds, one.List.ModelVersion!, 1, clicks > 0 ? 1 : 0, shown.Count, clicks,
            taken.Count(static outcome => outcome.Type == EventTypes.Purchase));
    }
}
