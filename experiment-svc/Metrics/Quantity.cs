namespace Splitrail.ExperimentSvc.Metrics;

/// <summary>What is counted of one person, from the events after the first exposure; docs/experiments.md says how each is attributed.</summary>
internal enum Quantity
{
    /// <summary>Recommended items shown: items of requests, each once.</summary>
    Impressions,

    /// <summary>Of those, clicked ones.</summary>
    Clicks,

    /// <summary>Put into the cart within the window after such a click on the item.</summary>
    Carts,

    /// <summary>Bought within the window after such a click on the item.</summary>
    Purchases,

    /// <summary>1 when there is such a purchase.</summary>
    Converted,

    /// <summary>What these purchases cost.</summary>
    AttributedRevenue,

    /// <summary>What all purchases cost.</summary>
    Revenue,

    /// <summary>Purchases of one moment are one order.</summary>
    Orders,

    /// <summary>Days, UTC, with any event.</summary>
    ActiveDays,

    /// <summary>Items viewed or clicked, each once.</summary>
    ItemsViewed,

    /// <summary>Recommended items shown, each once however often it was shown.</summary>
    ItemsShown,

    /// <summary>Of answers, not of people: given below level 0.</summary>
    Fallbacks,

    /// <summary>Of answers: with nothing in them.</summary>
    EmptyAnswers,

    /// <summary>Of answers: slower than the budget of a recommendation.</summary>
    SlowAnswers,

    /// <summary>Of answers: what making them took, in whole milliseconds.</summary>
    Latency,
}
