using Splitrail.Contracts;

namespace Splitrail.Gateway.Lists;

/// <summary>An item of a public answer.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Score">Higher is better; comparable within one answer only.</param>
/// <param name="Metadata">From the catalogue; null while none was ever received.</param>
/// <param name="Sources">Names of the candidate sources that proposed it.</param>
/// <param name="Reason">A few words for a shopper.</param>
/// <param name="Signals">What the sources said of it, when the request asked to explain.</param>
/// <param name="Explanation">How it came to its place, when the request asked to explain and ranking-svc answered.</param>
/// <param name="Team">Of an interleaved list: the arm whose ranking brought it in.</param>
/// <param name="PredictedRating">What the shopper would rate it, on the shop's scale; null where the model in production predicts no ratings.</param>
/// <param name="Uncertainty">Standard deviation of the rating that would be given (posterior predictive).</param>
/// <param name="ConfidenceInterval">Where nine of ten such ratings lie: [low, high].</param>
internal sealed record ShownItem(
    string ItemId,
    double Score,
    ItemMetadata? Metadata,
    IReadOnlyList<string> Sources,
    string? Reason,
    IReadOnlyDictionary<string, double>? Signals = null,
    ItemExplanation? Explanation = null,
    string? Team = null,
    double? PredictedRating = null,
    double? Uncertainty = null,
    IReadOnlyList<double>? ConfidenceInterval = null);

internal sealed record ItemMetadata(string Title, decimal? Price, string Category, IReadOnlyDictionary<string, string>? Attributes)
{
    public static ItemMetadata? Of(CatalogItem? item) =>
        item is null ? null : new(item.Title, item.Price, item.Category, item.Attributes);
}
