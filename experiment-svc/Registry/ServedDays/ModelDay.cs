using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Registry.ServedDays;

/// <summary>What came of the lists of one day that a model made: of those that are kept for the trainer, a share of all (<c>Gateway:ImpressionShare</c>).</summary>
/// <param name="DayMs">The day they were served on, UTC, as Unix milliseconds of its beginning.</param>
/// <param name="Model">The version.</param>
/// <param name="Lists">Served with all stages.</param>
/// <param name="ClickedLists">Of these with a click on at least one item.</param>
/// <param name="Items">Shown among the first ten.</param>
/// <param name="Clicks">Of these clicked, each once a list.</param>
/// <param name="Purchases">Of these bought, each once a list.</param>
public sealed record ModelDay(long DayMs, string Model, long Lists, long ClickedLists, long Items, long Clicks, long Purchases)
{
    public const long Milliseconds = 86_400_000;

    internal static BulkTable<ModelDay> Table { get; } = new("model_days", "day, model",
    [
        new("day", static row => row.DayMs / Milliseconds),
        new("model", static row => row.Model),
        new("lists", static row => row.Lists),
        new("clicked_lists", static row => row.ClickedLists),
        new("items", static row => row.Items),
        new("clicks", static row => row.Clicks),
        new("purchases", static row => row.Purchases),
    ]);

    /// <summary>Clicked items of those shown, 0 to 1; null while none was shown.</summary>
    public double? ClickThrough => Items > 0 ? (double)Clicks / Items : null;

    public static ModelDay operator +(ModelDay one, ModelDay other) => one with
    {
        Lists = one.Lists + other.Lists, ClickedLists = one.ClickedLists + other.ClickedLists, Items = one.Items + other.Items, Clicks = one.Clicks + other.Clicks, Purchases = one.Purchases + other.Purchases,
    };
}
