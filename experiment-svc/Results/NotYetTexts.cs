using System.Text.Json;
using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.ExperimentSvc.Results;

/// <summary>Why there is no number, for programs and for people.</summary>
internal static class NotYetTexts
{
    public static NotYetView Uncounted { get; } = new("not_counted", "Nothing counts a metric of this name: GET /v1/experiments/schema lists those that are counted.");

    public static NotYetView Of(NotYet reason) => new(JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString()), reason switch
    {
        NotYet.NoUsers => "An arm has no users yet.",
        NotYet.OneUser => "An arm has one user: a variance needs two.",
        NotYet.NoVariance => "All users of both arms have the same value.",
        NotYet.NoBaseline => "The control's value is 0, and nothing is relative to that.",
        NotYet.NoDenominator => "The ratio's denominator is 0: nothing was shown or clicked yet.",
        NotYet.TooFew => "There are too few users for an interval.",
        _ => "The sums are too large to be computed with.",
    });
}
